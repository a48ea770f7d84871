namespace PluginHost.Libs.Files;

/// <summary>Names in messages.</summary>
public static class NameList
{
    /// <summary>The first few names, and how many more there are.</summary>
    public static string Shorten(IReadOnlyCollection<string> names, int count = 8) => names.Count <= count
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(count))} and {names.Count - count:N0} more";
}
