using System.Globalization;
using System.Text.RegularExpressions;

namespace PluginHost.Host.Plugins.Probing;

/// <summary>How a child process came to its end.</summary>
/// <param name="ExitCode">As the shell counts it: 128 and the signal for one that was killed; null when it was silent for too long.</param>
/// <param name="Error">The beginning of what it said on standard error.</param>
/// <param name="IsWhole">Whether it said that all was done.</param>
internal sealed partial record ChildEnd(int? ExitCode, string Error, bool IsWhole)
{
    private static readonly Dictionary<int, string> signals =
        new() { [4] = "SIGILL", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE", [9] = "SIGKILL", [11] = "SIGSEGV", [15] = "SIGTERM" };

    /// <summary>What the plugin did to the process, as the rest of a sentence about it.</summary>
    /// <param name="limit">How long it may be silent.</param>
    public string Words(TimeSpan limit)
    {
        if (ExitCode is not { } code)
            return string.Create(CultureInfo.InvariantCulture, $"it did not return within {limit.TotalSeconds:0.#} seconds");
        // What the host itself says there of a process that ends in the midst of something.
        if (Thrown().Match(Error) is { Success: true } thrown) return $"it threw on a thread of its own{Colon(thrown.Groups[1].Value)}";
        if (code <= 128) return $"it ended the process{ExitCall().Match(Error).Value}";
        // What the runtime says before it aborts.
        if (Error.Contains("Stack overflow.", StringComparison.Ordinal)) return "it overflowed the stack, which ended the process";
        if (After("Process terminated.") is { } reason) return $"it called Environment.FailFast{Colon(reason)}";
        if (After("Unhandled exception.") is { } exception) return $"it threw on a thread of its own{Colon(exception)}";
        var signal = code - 128;
        return $"it killed the process (signal {signal}{(signals.TryGetValue(signal, out var name) ? ", " + name : "")})";
    }

    [GeneratedRegex(@"on a thread of its own: (.+)", RegexOptions.CultureInvariant)]
    private static partial Regex Thrown();

    [GeneratedRegex(@" by Environment\.Exit\(-?\d+\)", RegexOptions.CultureInvariant)]
    private static partial Regex ExitCall();

    private static string Colon(string text) => text.Length == 0 ? "" : ": " + text.TrimEnd('.');

    private string? After(string words)
    {
        var at = Error.IndexOf(words, StringComparison.Ordinal);
        if (at < 0) return null;
        var rest = Error[(at + words.Length)..].TrimStart();
        var line = rest.Split('\n')[0].Trim();
        return line.StartsWith("at ", StringComparison.Ordinal) ? "" : line;
    }
}
