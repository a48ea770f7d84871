using System.Diagnostics;

namespace PluginHost.Host.Tests.Plugins;

/// <summary>The sample plugin, built outside the checkout against the contract's DLL alone.</summary>
public sealed class OutsidePlugin : IDisposable
{
    public static readonly string Sources = Path.Combine(Repository.Root, "samples", "plugins", "CodonTokenizer");

    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-").FullName;

    public OutsidePlugin()
    {
        var project = Directory.CreateDirectory(Path.Combine(folder, "source")).FullName;
        foreach (var file in Directory.GetFiles(Sources)) File.Copy(file, Path.Combine(project, Path.GetFileName(file)));
        // The contract alone: no other assembly of the project is there to be found.
        var contract = Directory.CreateDirectory(Path.Combine(folder, "contract")).FullName;
        File.Copy(Path.Combine(AppContext.BaseDirectory, "PluginHost.Abstractions.dll"),
            Path.Combine(contract, "PluginHost.Abstractions.dll"));
        Build(project, contract);
    }

    /// <summary>The folder to give to <c>--plugins</c>.</summary>
    public string Plugins => Path.Combine(folder, "plugins");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Build(string project, string contract)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = project, RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach (var argument in (string[])["build", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false",
            $"-p:PluginHost={contract}", "-o", Path.Combine(Plugins, "CodonTokenizer")])
            start.ArgumentList.Add(argument);
        // What a surrounding `dotnet test` sets is not for this build.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        var ended = process.WaitForExit(180_000);
        if (!ended) process.Kill(entireProcessTree: true);
        Assert.True(ended && process.ExitCode == 0, output.Result + error.Result);
    }
}
