using System.Globalization;
using PluginHost.Host.Foundation;

namespace PluginHost.Host.Cli.Terminal;

/// <summary>Progress in words: one live line on a terminal, a plain sentence elsewhere.</summary>
internal static class ProgressText
{
    private static readonly CultureInfo c = CultureInfo.InvariantCulture;

    /// <summary>A line for a log.</summary>
    public static string Plain(string stage, StepReport r) => string.Create(c,
        $"{stage}: step {r.Step:N0}/{r.Total:N0}, loss {Loss(r.Loss)}, {r.TokensPerSecond:N0} tokens/s, padding {r.PaddingShare * 100:F1} "
            + $"%, learning rate {r.LearningRate:0.0e-00}, {Time(r.Eta)} left");

    /// <summary>A line for a log.</summary>
    public static string Plain(string stage, string what, long done, long? total) =>
        Prefix(stage) + string.Create(c, $"{done:N0}") + (total is { } t ? string.Create(c, $" of {t:N0}") : "") + $" {what}";

    /// <summary>A line that fits the terminal.</summary>
    public static string Bar(string stage, StepReport r, TerminalFacts terminal)
    {
        var text = string.Create(c,
            $" {r.Step}/{r.Total}  loss {Loss(r.Loss)}  {Short(r.TokensPerSecond)} tok/s  pad {r.PaddingShare * 100:F0}%  lr "
                + $"{r.LearningRate:0.0e-00}  ETA {Time(r.Eta)}");
        return Fit(stage, r.Total > 0 ? (double)r.Step / r.Total : null, text, terminal);
    }

    /// <summary>A line that fits the terminal.</summary>
    public static string Bar(string stage, string what, long done, long? total, TerminalFacts terminal)
    {
        var text = string.Create(c, $" {done:N0}") + (total is { } t ? string.Create(c, $"/{t:N0}") : "") + $" {what}";
        return Fit(stage, total > 0 ? (double)done / total.Value : null, text, terminal);
    }

    /// <summary>Hours, minutes and seconds; days in hours.</summary>
    public static string Time(TimeSpan time)
    {
        if (time < TimeSpan.Zero || time.TotalDays > 9999) return "?";
        var seconds = (long)Math.Ceiling(time.TotalSeconds);
        return seconds >= 3600
            ? string.Create(c, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}")
            : string.Create(c, $"{seconds / 60}:{seconds % 60:00}");
    }

    private static string Fit(string stage, double? share, string text, TerminalFacts terminal)
    {
        // The last column stays free: writing it wraps the line on some terminals.
        var room = terminal.Width - 1;
        var name = stage.Length == 0 ? "" : stage + " ";
        var bar = Math.Min(30, room - name.Length - text.Length);
        if (share is not { } done || bar < 5) return Cut(name + text.TrimStart(), room);
        var full = (int)Math.Round(Math.Clamp(done, 0, 1) * bar);
        var (on, off) = terminal.Color ? ("\e[36m", "\e[0m") : ("", "");
        return $"{name}{on}{new string('━', full)}{off}{new string(terminal.Color ? '─' : '·', bar - full)}{text}";
    }

    private static string Cut(string text, int room) => text.Length <= room ? text : text[..Math.Max(0, room)];

    private static string Prefix(string stage) => stage.Length == 0 ? "" : stage + ": ";

    private static string Loss(double loss) => double.IsNaN(loss) ? "-" : loss.ToString(Math.Abs(loss) < 0.001 ? "0.00e-00" : "F4", c);

    private static string Short(double value) => value switch
    {
        >= 1e9 => (value / 1e9).ToString("F1", c) + "G",
        >= 1e6 => (value / 1e6).ToString("F1", c) + "M",
        >= 1e4 => (value / 1e3).ToString("F1", c) + "k",
        _ => value.ToString("F0", c),
    };
}
