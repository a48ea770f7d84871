namespace PluginHost.Host.Pipelines.Settings;

/// <summary>What <c>heldOut:</c> of a stage may be.</summary>
public enum HeldOutChoice
{
    /// <summary>Nothing is held out, and that is meant: the stage scores what the model was trained on.</summary>
    None,
}
