namespace PluginHost.Libs.Files;

/// <summary>Figures in sentences.</summary>
public static class Wording
{
    /// <summary>A count with its noun: <c>1 record</c>, <c>2,048 records</c>.</summary>
    public static string Counted(long count, string noun) => $"{count:N0} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>The same with a noun whose plural is another word: <c>2 stretches</c>.</summary>
    public static string Counted(long count, string one, string many) => $"{count:N0} {(count == 1 ? one : many)}";

    /// <summary>A share in per cent that is 0 only when there is nothing.</summary>
    public static string Share(long part, long whole) => part switch
    {
        0 => "0 %",
        _ when part * 10_000.0 / whole < 1 => "under 0.01 %",
        _ => FormattableString.Invariant($"{100.0 * part / whole:0.##} %"),
    };
}
