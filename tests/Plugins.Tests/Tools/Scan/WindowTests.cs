using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Plugins.Scan.Journal;
using PluginHost.Plugins.Scan.Windows;

namespace PluginHost.Plugins.Tests.Tools.Scan;

/// <summary>Where windows lie, and what is kept of them.</summary>
public sealed class WindowTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("scan-windows-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private WindowPlan Plan(string bases, int window, int stride, double maxN = 0)
    {
        var path = Path.Combine(folder, $"{Guid.NewGuid():N}.fa");
        File.WriteAllText(path, $">a\n{bases}\n");
        var file = FastaFile.Open(path);
        return new([new(file, file.Records[0], 0, file.Records[0].Length)], window, stride, maxN);
    }

    private static string Starts(WindowPlan plan) =>
        string.Join(' ', Enumerable.Range(0, (int)plan.Count).Select(i => $"{plan[i].Start}+{plan[i].Length}"));

    [Fact]
    public void The_last_window_ends_with_the_stretch_and_a_short_stretch_is_one()
    {
        Assert.Equal("0+10 4+10 8+10 10+10", Starts(Plan(new string('A', 20), 10, 4)));
        Assert.Equal("0+10 5+10 10+10", Starts(Plan(new string('A', 20), 10, 5)));
        Assert.Equal("0+7", Starts(Plan(new string('A', 7), 10, 5)));
    }

    [Fact]
    public void Windows_of_unknown_bases_are_left_out_and_what_they_leave_is_counted()
    {
        var plan = Plan($"{new string('A', 12)}{new string('N', 9)}{new string('C', 12)}", 10, 5);
        Assert.Equal("0+10 23+10", Starts(plan));
        Assert.Equal((4L, 13L, 33L), (plan.Skipped, plan.Uncovered, plan.Bases));
        Assert.Equal(0, Plan($"{new string('A', 12)}{new string('N', 9)}{new string('C', 12)}", 10, 5, 1).Uncovered);
    }

    [Fact]
    public void A_journal_gives_back_what_is_whole_and_goes_on()
    {
        var path = Path.Combine(folder, ".x.scan");
        var of = new Dictionary<string, string> { ["model"] = "m", ["window"] = "10" };
        using (var journal = ScanJournal.Open(path, of, 2, anew: false))
        {
            journal.Add([1, 2]);
            journal.Add([3]);
            journal.Flush();
            journal.Add([5, 6]);
            journal.Flush();
        }
        using (var cut = new FileStream(path, FileMode.Open)) cut.SetLength(cut.Length - 1);
        using (var journal = ScanJournal.Open(path, of, 2, anew: false))
        {
            Assert.Equal([[1, 2], [3, float.NaN]], journal.Read());
            journal.Add([7, 8]);
            journal.Flush();
        }
        using (var journal = ScanJournal.Open(path, of, 2, anew: false))
            Assert.Equal([[1, 2], [3, float.NaN], [7, 8]], journal.Read());
        of["window"] = "11";
        Assert.Contains("another window; repeat", Assert.Throws<UsageException>(() => ScanJournal.Open(path, of, 2, anew: false)).Message);
        using (var journal = ScanJournal.Open(path, of, 2, anew: true)) Assert.Equal(0, journal.Count);
    }
}
