using System.Diagnostics;

namespace PluginHost.Host.Tests.Plugins;

/// <summary>The .NET SDK, as somebody outside the checkout calls it.</summary>
internal static class Sdk
{
    /// <summary>Builds a project.</summary>
    /// <param name="folder">That holds it.</param>
    /// <param name="arguments">Beside the usual ones.</param>
    public static (int Code, string Output) Build(string folder, params IEnumerable<string> arguments) =>
        Run(folder, ["build", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false", .. arguments]);

    /// <summary>Runs <c>dotnet</c> for ten minutes at most: eight projects on a busy machine.</summary>
    public static (int Code, string Output) Run(string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        // What a surrounding `dotnet test` sets is not for this.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        // The tests' own user folders are not where NuGet keeps its settings.
        foreach (var own in (string[])["XDG_DATA_HOME", "XDG_CONFIG_HOME"]) start.Environment.Remove(own);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (process.WaitForExit(600_000)) return (process.ExitCode, output.Result + error.Result);
        process.Kill(entireProcessTree: true);
        return (-1, $"dotnet did not end within ten minutes. It said: {output.Result}{error.Result}");
    }
}
