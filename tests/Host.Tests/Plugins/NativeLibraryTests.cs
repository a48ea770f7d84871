using System.Runtime.InteropServices;

namespace PluginHost.Host.Tests.Plugins;

/// <summary>Native libraries are found beside a plugin and under its runtimes folder, and run where they lie.</summary>
public sealed class NativeLibraryTests : IDisposable
{
    private readonly FixtureFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("libexplored.so", "native")]
    [InlineData("explored.so", "native")]
    [InlineData("libexplored.so", "native-file")]
    [InlineData("libexplored.so.3", "native-version")]
    [InlineData("runtimes/linux-x64/native/libexplored.so", "native")]
    [InlineData("runtimes/linux-x64/native/explored.so", "native")]
    [InlineData("runtimes/linux-x64/native/libexplored.so", "native-file")]
    [InlineData("runtimes/linux-x64/native/libexplored.so.3", "native-version")]
    public void It_is_found_with_and_without_a_list_of_dependencies(string place, string call)
    {
        var dll = folder.Add("Explorer");
        var library = Path.Combine(Path.GetDirectoryName(dll)!, place);
        Directory.CreateDirectory(Path.GetDirectoryName(library)!);
        File.Copy(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "libSystem.Native.so"), library);
        Assert.Equal(Environment.ProcessId, Value(call));
        // From its place and not from a copy: it may need others that lie beside it.
        Assert.Contains(library, File.ReadAllText("/proc/self/maps"));

        File.Delete(Path.ChangeExtension(dll, ".deps.json"));
        Assert.Equal(Environment.ProcessId, Value(call));
    }

    [Fact]
    public void A_missing_one_is_blamed_on_the_plugin()
    {
        folder.Add("Explorer");
        Assert.Contains("DllNotFoundException", Assert.Throws<PluginException>(() => Value("native")).Message);
    }

    private double Value(string metric) => folder.Factory().Build<IMetric>(new(metric), null!).Value;
}
