using System.Globalization;

namespace PluginHost.Benchmarks;

/// <summary>The rows as Markdown, and below them what had to be left out.</summary>
internal sealed class TensorLibraryTable
{
    private readonly List<string> leftOut = [];

    public void WriteHead()
    {
        Console.WriteLine();
        Console.WriteLine("| workload | peer | unit | host | peer | ratio | wanted |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
    }

    /// <param name="ratio">As the wanted figure is meant: the peer's by ours, or ours by the peer's.</param>
    /// <param name="wanted">What the ratio is to reach; nothing fails where it does not.</param>
    public void Write(string workload, string peer, string unit, Spread host, Spread other, double ratio, string wanted) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {workload} | {peer} | {unit} | {host.Text} | {other.Text} | **{ratio:0.00}** | {wanted} |"));

    /// <summary>Rows that cannot be measured here.</summary>
    public void LeaveOut(string rows, string reason) => leftOut.Add($"Left out: {rows}: {reason}");

    public void WriteFoot()
    {
        Console.WriteLine();
        leftOut.ForEach(Console.WriteLine);
    }
}
