namespace PluginHost.Benchmarks;

/// <summary>A folder for what tools read and write; gone at the end.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("pluginhost-bench-").FullName;
    private int made;

    /// <summary>Writes a file.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(root, name), text);
        return Path.Combine(root, name);
    }

    /// <summary>A path where nothing is.</summary>
    public string New(string ending) => Path.Combine(root, $"out{made++}{ending}");

    public void Dispose() => Directory.Delete(root, recursive: true);
}
