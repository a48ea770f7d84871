namespace PluginHost.Host.Cli.Terminal;

/// <summary>What the process's streams are connected to.</summary>
/// <param name="OutputIsTerminal">Whether a user reads standard output directly.</param>
/// <param name="ErrorIsTerminal">Whether a user reads standard error directly.</param>
/// <param name="Color">Whether colours may be used: not with <c>NO_COLOR</c> (no-color.org) or a dumb terminal.</param>
/// <param name="Width">Columns of the terminal.</param>
public sealed record TerminalFacts(bool OutputIsTerminal, bool ErrorIsTerminal, bool Color, int Width)
{
    /// <summary>Of this process.</summary>
    public static TerminalFacts Detect()
    {
        var dumb = Environment.GetEnvironmentVariable("TERM") is "dumb" or null or "";
        var color = !dumb && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new(!Console.IsOutputRedirected, !Console.IsErrorRedirected && !dumb, color, WindowWidth());
    }

    private static int WindowWidth()
    {
        if (Console.IsErrorRedirected && Console.IsOutputRedirected) return 120;
        var width = Console.WindowWidth;
        return width is > 20 and < 1000 ? width : 80;
    }
}
