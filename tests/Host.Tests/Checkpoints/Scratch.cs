namespace PluginHost.Host.Tests.Checkpoints;

/// <summary>A folder of its own that goes away.</summary>
internal sealed class Scratch : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("pluginhost-checkpoints-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Copies a golden file.</summary>
    public string Copy(string golden, string name)
    {
        System.IO.File.Copy(GoldenContainers.File(golden), File(name), overwrite: true);
        return File(name);
    }

    public string Write(string name, byte[] bytes)
    {
        System.IO.File.WriteAllBytes(File(name), bytes);
        return File(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
