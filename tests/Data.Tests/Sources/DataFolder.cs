namespace PluginHost.Data.Tests.Sources;

using Encoding = System.Text.Encoding;

/// <summary>A folder that is gone when the test ends.</summary>
public sealed class DataFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("data-tests-").FullName;

    public string this[string name] => Path.Combine(Root, name);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = this[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
