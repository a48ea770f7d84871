namespace PluginHost.Host.Tests.Plugins;

/// <summary>A sample plugin, built outside the checkout against the DLLs that it references alone.</summary>
public abstract class OutsidePlugin : IDisposable
{
    private readonly string name;
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-").FullName;

    /// <param name="name">Of its folder among the samples.</param>
    /// <param name="references">The DLLs.</param>
    protected OutsidePlugin(string name, params ReadOnlySpan<string> references)
    {
        this.name = name;
        var project = Directory.CreateDirectory(Path.Combine(folder, "source")).FullName;
        foreach (var file in Directory.GetFiles(Sources)) File.Copy(file, Path.Combine(project, Path.GetFileName(file)));
        // These alone: no other assembly of the project is there to be found.
        var contract = Directory.CreateDirectory(Path.Combine(folder, "contract")).FullName;
        foreach (var file in references) File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(contract, file));
        Build(project, contract);
    }

    /// <summary>Where its sources are.</summary>
    public string Sources => Path.Combine(Repository.Root, "samples", "plugins", name);

    /// <summary>The folder to give to <c>--plugins</c>.</summary>
    public string Plugins => Path.Combine(folder, "plugins");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Build(string project, string contract) =>
        DotnetBuild(project, $"-p:PluginHost={contract}", "-o", Path.Combine(Plugins, name));

    /// <summary>Builds what a folder holds, as somebody else would.</summary>
    internal static void DotnetBuild(string project, params string[] options)
    {
        var (code, output) = Sdk.Build(project, options);
        Assert.True(code == 0, output);
    }
}

/// <summary>The tokenizer of docs/plugins/by-hand.md.</summary>
public sealed class OutsideTokenizer() : OutsidePlugin("CodonTokenizer", "PluginHost.Abstractions.dll");

/// <summary>The tool of docs/using-models.md.</summary>
public sealed class OutsideTool() : OutsidePlugin("AttentionProfile", "PluginHost.Abstractions.dll", "TorchSharp.dll");
