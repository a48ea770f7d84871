namespace PluginHost.Libs.Tools.Answers;

/// <summary>How the tokens of a sequence become one vector.</summary>
public enum Pooling
{
    /// <summary>The mean over the tokens that stand for bases.</summary>
    Mean,

    /// <summary>The state of the classification token.</summary>
    Cls,

    /// <summary>The state of the last token that is not padding.</summary>
    Last,
}
