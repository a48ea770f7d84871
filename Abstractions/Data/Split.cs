namespace PluginHost;

/// <summary>The part of a data set a stage reads.</summary>
public enum Split
{
    /// <summary>Seen by the optimiser.</summary>
    Train,

    /// <summary>Used to choose: early stopping, best model, hyperparameters.</summary>
    Dev,

    /// <summary>Scored once, at the end; never chosen on.</summary>
    Test,
}
