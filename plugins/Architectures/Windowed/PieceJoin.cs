namespace PluginHost.Plugins.Windowed;

/// <summary>What the pooled vectors of the pieces become.</summary>
public enum PieceJoin
{
    /// <summary>One behind the other, as the paper has it; missing pieces are zeros.</summary>
    Concat,

    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The largest value of each unit.</summary>
    Max,
}
