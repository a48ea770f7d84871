namespace PluginHost.Plugins.DataTools.Output;

/// <summary>Columns with the same value in every row, written as <c>NAME=VALUE</c>.</summary>
internal static class Constants
{
    /// <summary>What is wrong with them, or null.</summary>
    public static string? Problem(IEnumerable<string> written) =>
        written.FirstOrDefault(w => w.IndexOf('=') < 1) is { } bad ? $"must be NAME=VALUE, but is '{bad}'." : null;

    /// <summary>Names and values.</summary>
    public static (IReadOnlyList<string> Names, IReadOnlyList<string> Values) Read(IReadOnlyList<string> written) =>
        ([.. written.Select(w => w[..w.IndexOf('=')])], [.. written.Select(w => w[(w.IndexOf('=') + 1)..])]);
}
