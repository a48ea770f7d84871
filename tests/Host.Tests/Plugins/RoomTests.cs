using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins.Loading;
using PluginHost.Host.Records;

namespace PluginHost.Host.Tests.Plugins;

/// <summary>What a plugin sees of the host: the shared assemblies, and nothing of the host's own packages.</summary>
public sealed class RoomTests : IDisposable
{
    private static readonly Version yaml = typeof(YamlDotNet.Core.Mark).Assembly.GetName().Version!;

    private readonly FixtureFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("NeedsYaml")]
    [InlineData("NeedsYamlReader")]
    public void A_package_of_the_hosts_is_missing_like_any_other_to_a_plugin_and_to_its_libraries(string name)
    {
        folder.Add(name);
        var failure = folder.Load().Plugins.Single().Failure;
        Assert.Equal($"plugin {name} was refused: it needs YamlDotNet {yaml}, which is not in its folder.", failure);
    }

    [Fact]
    public void A_plugin_that_brings_such_a_package_gets_its_own()
    {
        var dll = folder.Add("NeedsYaml");
        File.Copy(typeof(YamlDotNet.Core.Mark).Assembly.Location, Beside(dll, "YamlDotNet.dll"));
        Assert.Equal(1, Value("own-yaml"));
    }

    [Fact]
    public void What_is_asked_for_late_is_not_taken_from_the_host_either()
    {
        var room = new PluginRoom(folder.Add("NeedsYamlReader"));
        var library = room.Load(new("YamlReader"));
        var failure = Assert.Throws<TypeLoadException>(() => library.GetType("PluginHost.Fixtures.Reader", throwOnError: true));
        Assert.Contains("YamlDotNet", failure.Message);
    }

    [Fact]
    public void An_optional_package_that_nobody_has_is_a_missing_file() =>
        Assert.Contains("it needs Nowhere 1.2.0.0", Assert.Throws<FileNotFoundException>(
            () => new PluginRoom(folder.Add("Explorer")).Load(new("Nowhere, Version=1.2.0.0"))).ToString());

    [Theory]
    [InlineData("host-package", 0)]
    [InlineData("host-tensors", 1)]
    public void By_reflection_a_plugin_sees_no_more(string look, double seen)
    {
        folder.Add("Explorer");
        Assert.Equal(seen, Value(look));
    }

    [Fact]
    public void Its_files_may_be_overwritten_while_it_runs()
    {
        folder.Add("SpeechOne");
        Assert.Equal(1, Value("speech"));
        Assert.DoesNotContain(folder.Path, File.ReadAllText("/proc/self/maps"));
    }

    [Fact]
    public void Symbols_beside_a_plugin_give_its_stack_traces_line_numbers()
    {
        var dll = folder.Add("Explorer");
        Assert.Equal(0, Value("line"));
        var symbols = Path.Combine(Repository.Root, "artifacts", "bin", "Explorer", "release", "Explorer.pdb");
        File.Copy(symbols, Path.ChangeExtension(dll, ".pdb"));
        Assert.NotEqual(0, Value("line"));
    }

    [Fact]
    public void The_framework_is_the_hosts_unless_a_newer_part_of_it_is_asked_for_and_brought()
    {
        const string Name = "System.Text.Json", Key = "PublicKeyToken=cc7b13ffcd2ddd51";
        var dll = folder.Add("Explorer");
        Assert.ThrowsAny<IOException>(() => new PluginRoom(dll).Load(new($"{Name}, Version=99.0.0.0, {Key}")));

        Emit(new($"{Name}, Version=99.0.0.0"), Beside(dll, Name + ".dll"));
        var room = new PluginRoom(dll);
        Assert.Same(typeof(System.Text.Json.JsonDocument).Assembly, room.Load(new($"{Name}, Version=8.0.0.0, {Key}")));
        var newer = new PluginRoom(dll).Load(new($"{Name}, Version=99.0.0.0, {Key}"));
        Assert.Equal("Explorer", AssemblyLoadContext.GetLoadContext(newer)!.Name);
    }

    private static void Emit(AssemblyName name, string file)
    {
        var assembly = new PersistedAssemblyBuilder(name, typeof(object).Assembly);
        assembly.DefineDynamicModule(name.Name!);
        assembly.Save(file);
    }

    private static string Beside(string dll, string file) => Path.Combine(Path.GetDirectoryName(dll)!, file);

    private double Value(string metric) => folder.Factory().Build<IMetric>(new(metric), null!).Value;
}
