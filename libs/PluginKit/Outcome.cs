namespace PluginHost.PluginKit;

/// <summary>What came of trying a rule.</summary>
public enum Outcome
{
    /// <summary>The component keeps it.</summary>
    Kept,

    /// <summary>It does not.</summary>
    Broken,

    /// <summary>It could not be tried, for a reason that is no fault: an option without a default, for example.</summary>
    NotTried,
}
