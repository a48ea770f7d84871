using PluginHost.Host.Cli;
using PluginHost.Host.Cli.Terminal;
using PluginHost.Host.Foundation;

namespace PluginHost.Host.Tests.Terminal;

public sealed class RunViewTests
{
    private static readonly StepReport step = new(120, 300, 5.91234, 13_412, TimeSpan.FromSeconds(42), 0.0412, 3.1e-4);
    private readonly StringWriter output = new() { NewLine = "\n" };
    private readonly StringWriter error = new() { NewLine = "\n" };
    private readonly Clock clock = new();

    private RunView View(bool terminal = false, bool color = false, bool quiet = false, int width = 100) =>
        new(new TerminalFacts(terminal, terminal, color, width), new HostSettings { Quiet = quiet }, output, error, clock);

    [Fact]
    public void Elsewhere_than_on_a_terminal_a_plain_line_appears_every_few_seconds_and_at_the_end()
    {
        var view = View();
        view.StageStarted("pretrain", 300);
        for (var i = 1; i <= 300; i++)
        {
            view.Step(step with { Step = i });
            clock.Advance(TimeSpan.FromSeconds(0.1));
        }
        view.StageFinished("done");
        var lines = error.ToString().Split('\n');
        Assert.Equal("pretrain: 300 steps", lines[0]);
        Assert.Equal("pretrain: step 1/300, loss 5.9123, 13,412 tokens/s, padding 4.1 %, learning rate 3.1e-04, 0:42 left", lines[1]);
        Assert.StartsWith("pretrain: step 300/300", lines[^3]);
        Assert.Equal("pretrain: done", lines[^2]);
        // The heading, seven steps (0, 5, ... 25 seconds and the last), the summary, and what follows its line feed.
        Assert.Equal(1 + 7 + 1 + 1, lines.Length);
        Assert.DoesNotContain('\e', error.ToString());
        Assert.Equal("", output.ToString());
    }

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(200)]
    public void On_a_terminal_one_live_line_is_redrawn_and_fits(int width)
    {
        var view = View(terminal: true, width: width);
        view.StageStarted("pretrain", 300);
        view.Step(step);
        var live = error.ToString().Split("\r\e[2K")[^1];
        Assert.True(live.Length < width, live);
        Assert.Contains("120/300", live);
        view.Say("hello");
        Assert.EndsWith("\r\e[2Khello\n", error.ToString());
    }

    [Fact]
    public void Colours_are_used_only_where_they_may_be()
    {
        View(terminal: true, color: false).Warn("w");
        Assert.Equal("warning: w\n", error.ToString());
        View(terminal: true, color: true).Warn("w");
        Assert.Contains("\e[33m", error.ToString());
    }

    [Fact]
    public void Quiet_leaves_warnings_and_results()
    {
        var view = View(quiet: true);
        view.StageStarted("pretrain", 300);
        view.Step(step);
        view.Progress("bases", 1, 2);
        view.Say("x");
        view.Warn("careful");
        view.Result("1");
        Assert.Equal(("warning: careful\n", "1\n"), (error.ToString(), output.ToString()));
    }

    [Fact]
    public void A_table_is_aligned_plain_text_where_another_program_reads()
    {
        View().Table(new ResultTable("test split", ["model", "mcc", "f1"]) { Notes = { "Three seeds." } }.Add("ours", "0.87", "0.9")
            .Add("majority class", "0", "0.33"));
        Assert.Equal(
            """
            test split
            model            mcc    f1
            ours            0.87   0.9
            majority class     0  0.33
            Three seeds.

            """, output.ToString());
    }

    [Fact]
    public void A_table_on_a_terminal_is_framed_and_text_in_brackets_is_left_alone()
    {
        View(terminal: true).Table(new ResultTable("", ["name", "x"]).Add("[red]", "1"));
        Assert.Contains("[red]", output.ToString());
        Assert.Contains('│', output.ToString());
    }

    [Fact]
    public void Progress_counts_what_it_is_told()
    {
        var view = View();
        view.Progress("sequences scored", 1_200, 5_000);
        view.Progress("sequences scored", 1_300, 5_000);
        view.Progress("sequences scored", 5_000, 5_000);
        Assert.Equal("1,200 of 5,000 sequences scored\n5,000 of 5,000 sequences scored\n", error.ToString());
    }

    [Fact]
    public void A_row_must_fit_its_table() => Assert.Throws<ArgumentException>(() => new ResultTable("t", ["a", "b"]).Add("1"));

    private sealed class Clock : TimeProvider
    {
        private long now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public void Advance(TimeSpan by) => now += by.Ticks;
    }
}
