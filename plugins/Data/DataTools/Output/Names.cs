namespace PluginHost.Plugins.DataTools.Output;

/// <summary>Lists written on a command line.</summary>
internal static class Names
{
    /// <summary>Splits entries at commas: <c>chr1,chr2 chr3</c> are three.</summary>
    public static IReadOnlyList<string> Split(IEnumerable<string> written) =>
        [.. written.SelectMany(w => w.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
