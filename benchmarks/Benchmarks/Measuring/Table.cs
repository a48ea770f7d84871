using System.Globalization;

namespace PluginHost.Benchmarks;

/// <summary>Prints rows as Markdown, the heading once.</summary>
internal static class Table
{
    private static bool started;

    /// <summary>A row: medians, half the interquartile range in percent, and the peer's figure divided by ours.</summary>
    public static void Write(string what, string unit, Spread ours, Spread peer, int? tokens = null)
    {
        if (!started)
        {
            Console.WriteLine("| what | unit | ours | peer | peer / ours | ours, tokens/s |");
            Console.WriteLine("|---|---|---|---|---|---|");
            started = true;
        }
        var rate = tokens is { } t ? string.Create(CultureInfo.InvariantCulture, $"{t / ours.Median * 1000:#,0}") : "";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {unit} | {ours.Text} | {peer.Text} | **{peer.Median / ours.Median:0.00}** | {rate} |"));
    }
}
