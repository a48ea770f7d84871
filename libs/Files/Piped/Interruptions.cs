namespace PluginHost.Libs.Files.Piped;

/// <summary>
/// The process's interruption, for whoever waits for input that may never come. A plugin has a copy of this library of its own, so
/// it is kept where all copies find it.
/// </summary>
public static class Interruptions
{
    private const string Key = "PluginHost.Interruption";

    /// <summary>Cancelled by the first signal; set by the process, and never cancelled where nobody did.</summary>
    public static CancellationToken Token
    {
        get => AppContext.GetData(Key) is CancellationToken token ? token : CancellationToken.None;
        set => AppContext.SetData(Key, value);
    }
}
