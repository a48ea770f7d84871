namespace PluginHost.Libs.Supervised;

/// <summary>What happens to a labelled sample whose class no training row has.</summary>
public enum Unseen
{
    /// <summary>It is refused: no model can have learned it.</summary>
    Error,

    /// <summary>It is scored, and counts as wrong.</summary>
    Score,
}
