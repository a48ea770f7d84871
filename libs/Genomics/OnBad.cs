namespace PluginHost.Libs.Genomics;

/// <summary>What happens to a record that cannot be a sample: one without bases, or with a name that is there already.</summary>
public enum OnBad
{
    /// <summary>It ends the reading and is named.</summary>
    Fail,

    /// <summary>It is left out and counted.</summary>
    Skip,
}
