using PluginHost.Host.Foundation;

namespace PluginHost.Host.Cli.Terminal;

/// <summary>Shows a run on the process's streams.</summary>
public sealed class RunView : IRunView
{
    private static readonly TimeSpan livePeriod = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan plainPeriod = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly TerminalFacts terminal;
    private readonly TextWriter output;
    private readonly TextWriter error;
    private readonly TimeProvider clock;
    private readonly HostSettings settings;
    private string stage = "";
    private string live = "";
    private long? lastShown;

    /// <param name="terminal">What the streams are connected to.</param>
    /// <param name="settings">Whether to be quiet.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="clock">Paces the progress.</param>
    public RunView(TerminalFacts terminal, HostSettings settings, TextWriter output, TextWriter error, TimeProvider clock) =>
        (this.terminal, this.settings, this.output, this.error, this.clock) = (terminal, settings, output, error, clock);

    /// <inheritdoc/>
    public void Say(string message)
    {
        if (!settings.Quiet) Line(message);
    }

    /// <inheritdoc/>
    public void Warn(string message) =>
        Line(terminal is { ErrorIsTerminal: true, Color: true } ? $"\e[33mwarning:\e[0m {message}" : $"warning: {message}");

    /// <inheritdoc/>
    public void StageStarted(string name, long totalSteps)
    {
        lock (gate)
        {
            stage = name;
            lastShown = null;
        }
        Say(totalSteps > 0 ? $"{name}: {totalSteps:N0} steps" : name);
    }

    /// <inheritdoc/>
    public void Step(StepReport report)
    {
        if (Due(report.Step >= report.Total))
            Show(terminal.ErrorIsTerminal ? ProgressText.Bar(stage, report, terminal) : ProgressText.Plain(stage, report));
    }

    /// <inheritdoc/>
    public void Progress(string what, long done, long? total)
    {
        if (Due(done == total))
            Show(terminal.ErrorIsTerminal ? ProgressText.Bar(stage, what, done, total, terminal)
                : ProgressText.Plain(stage, what, done, total));
    }

    /// <inheritdoc/>
    public void StageFinished(string summary)
    {
        Say(stage.Length == 0 || summary.StartsWith(stage, StringComparison.Ordinal) ? summary : $"{stage}: {summary}");
        lock (gate) stage = "";
    }

    /// <inheritdoc/>
    public void Table(ResultTable table)
    {
        lock (gate)
        {
            Clear();
            TablePrinter.Print(table, output, terminal);
            output.Flush();
        }
    }

    /// <inheritdoc/>
    public void Result(string line)
    {
        lock (gate)
        {
            Clear();
            output.WriteLine(line);
            output.Flush();
        }
    }

    private bool Due(bool last)
    {
        if (settings.Quiet) return false;
        lock (gate)
        {
            var period = terminal.ErrorIsTerminal ? livePeriod : plainPeriod;
            if (!last && lastShown is { } then && clock.GetElapsedTime(then) < period) return false;
            lastShown = clock.GetTimestamp();
            return true;
        }
    }

    private void Show(string text)
    {
        lock (gate)
        {
            if (!terminal.ErrorIsTerminal)
            {
                error.WriteLine(text);
                return;
            }
            error.Write("\r\e[2K" + text);
            error.Flush();
            live = text;
        }
    }

    private void Line(string message)
    {
        lock (gate)
        {
            Clear();
            error.WriteLine(message);
            error.Flush();
        }
    }

    private void Clear()
    {
        if (live.Length == 0) return;
        error.Write("\r\e[2K");
        error.Flush();
        live = "";
    }
}
