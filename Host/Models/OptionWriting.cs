namespace PluginHost.Host.Models;

/// <summary>How options are written where a user wrote them, for messages that propose one.</summary>
public static class OptionWriting
{
    /// <summary>In a pipeline: <c>maxN: 1</c>.</summary>
    public static string Pipeline(string option, string value) => $"{option}: {value}";

    /// <summary>Options of data on a command line: <c>--data maxN=1</c>.</summary>
    public static string Data(string option, string value) => $"--data {option}={value}";

    /// <summary>Options of data in a tool's stage: <c>data: [maxN=1]</c>.</summary>
    public static string StageData(string option, string value) => $"data: [{option}={value}]";

    /// <summary>Options of a tool's command: <c>--max-n 1</c>.</summary>
    public static string Command(string option, string value) => $"--{Plugins.Options.TypeNames.Kebab(option)} {value}";

    /// <summary>Where none can be given.</summary>
    public static string Nowhere(string option, string value) => "";
}
