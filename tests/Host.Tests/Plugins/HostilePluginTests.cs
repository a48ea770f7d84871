using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins;

namespace PluginHost.Host.Tests.Plugins;

/// <summary>Whatever is wrong with one plugin, the host says so in one sentence and the others are loaded.</summary>
public sealed class HostilePluginTests : IDisposable
{
    private readonly FixtureFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("ThrowsInRegister", "its code threw InvalidOperationException: the plugin's table of contents is on fire")]
    [InlineData("ThrowsInStaticConstructor", "its code threw NotSupportedException: static trouble")]
    [InlineData("ThrowsInConstructor", "its code threw ArgumentException: constructor trouble")]
    [InlineData("NoEntry", "it names no entry: add [assembly: Plugin(typeof(YourPlugin))]")]
    [InlineData("WrongEntry",
        "its entry PluginHost.Fixtures.WrongEntry must be a public class with a parameterless constructor that implements IPlugin")]
    public void A_broken_plugin_is_refused_and_the_next_one_loads(string name, string reason)
    {
        folder.Add(name);
        folder.Add("SpeechOne");

        var catalog = folder.Load();

        Assert.Equal($"plugin {name} was refused: {reason}.", Failure(catalog, name));
        Assert.Null(Failure(catalog, "SpeechOne"));
        Assert.Equal(["speech"], catalog.Offers.Select(o => o.Info.Name));
    }

    [Fact]
    public void Garbage_is_refused()
    {
        var dll = folder.Add("Garbage", "SpeechOne");
        var bytes = new byte[4096];
        new Random(7).NextBytes(bytes);
        File.WriteAllBytes(dll, bytes);
        Assert.Equal("plugin Garbage was refused: it is not a .NET assembly.", Failure(folder.Load(), "Garbage"));
    }

    [Fact]
    public void A_dll_cut_short_anywhere_is_refused_and_never_crashes_the_host()
    {
        var dll = folder.Add("SpeechOne");
        var whole = File.ReadAllBytes(dll);
        for (var length = 0; length < whole.Length; length += 97)
        {
            File.WriteAllBytes(dll, whole[..length]);
            Assert.StartsWith("plugin SpeechOne was refused: ", Failure(folder.Load(), "SpeechOne"));
        }
    }

    [Fact]
    public void A_native_library_is_refused()
    {
        var dll = folder.Add("Native", "SpeechOne");
        File.Copy(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "libclrjit.so"), dll,
            overwrite: true);
        Assert.Equal("plugin Native was refused: it is not a .NET assembly.", Failure(folder.Load(), "Native"));
    }

    [Fact]
    public void An_assembly_that_does_not_know_the_contract_is_refused()
    {
        var dll = folder.Add("Stranger", "SpeechOne");
        File.Copy(Path.Combine(Path.GetDirectoryName(dll)!, "Speech.dll"), dll, overwrite: true);
        Assert.Equal("plugin Stranger was refused: it does not reference PluginHost.Abstractions, so it is not a plugin.",
            Failure(folder.Load(), "Stranger"));
    }

    [Fact]
    public void A_missing_dependency_is_named()
    {
        var dll = folder.Add("SpeechOne");
        File.Delete(Path.Combine(Path.GetDirectoryName(dll)!, "Speech.dll"));
        Assert.Equal("plugin SpeechOne was refused: it needs Speech 1.0.0.0, which is not in its folder.",
            Failure(folder.Load(), "SpeechOne"));
    }

    [Fact]
    public void A_damaged_list_of_dependencies_is_named()
    {
        File.WriteAllText(Path.ChangeExtension(folder.Add("SpeechOne"), ".deps.json"), "{ not json");
        Assert.Equal(
            "plugin SpeechOne was refused: its SpeechOne.deps.json cannot be read: build the plugin anew, or delete that file.",
            Failure(folder.Load(), "SpeechOne"));
    }

    [Theory]
    [InlineData("PluginHost.Abstractions", 3, 0,
        "it was built against PluginHost.Abstractions 3.0.0, but this host has 2.0.0; get a build of the plugin for this host")]
    [InlineData("PluginHost.Abstractions", 1, 0,
        "it was built against PluginHost.Abstractions 1.0.0, but this host has 2.0.0; get a build of the plugin for this host")]
    [InlineData("PluginHost.Abstractions", 2, 1,
        "it was built against PluginHost.Abstractions 2.1.0, but this host has 2.0.0; update the host or rebuild the plugin")]
    public void Another_major_or_a_newer_minor_of_the_contract_is_refused_before_any_code_runs(string contract, int major, int minor,
        string reason)
    {
        // Its code would throw something else if it ran.
        var dll = folder.Add("ThrowsInRegister");
        FixtureFolder.Rereference(dll, contract, (ushort)major, (ushort)minor);
        Assert.Equal($"plugin ThrowsInRegister was refused: {reason}.", Failure(folder.Load(), "ThrowsInRegister"));
    }

    [Fact]
    public void A_folder_without_its_dll_is_refused()
    {
        var dll = folder.Add("Misnamed", "SpeechOne");
        Assert.Equal("plugin Misnamed was refused: its folder holds no Misnamed.dll: the main DLL must be named as the folder.",
            Failure(folder.Load(), "Misnamed"));
        File.Move(Path.Combine(Path.GetDirectoryName(dll)!, "SpeechOne.dll"), dll);
        Assert.Equal("plugin Misnamed was refused: its assembly is named SpeechOne, but must be named as its folder and file.",
            Failure(folder.Load(), "Misnamed"));
    }

    [Fact]
    public void A_loose_dll_is_refused_with_the_place_it_belongs_in()
    {
        var dll = folder.Add("SpeechOne");
        File.Move(dll, Path.Combine(folder.Path, "SpeechOne.dll"));
        Directory.Delete(Path.GetDirectoryName(dll)!, recursive: true);
        Assert.Contains($"a plugin is a folder, so move it to {dll}", Failure(folder.Load(), "SpeechOne"));
    }

    [Fact]
    public void What_a_plugin_offered_before_it_failed_is_withdrawn_and_asking_for_it_repeats_the_sentence()
    {
        folder.Add("ThrowsInRegister");
        var catalog = folder.Load();
        var failure = Assert.Throws<PluginException>(() => OfferSearch.Find(catalog, typeof(IMetric), "half-registered", "x.yaml:3"));
        Assert.Contains("x.yaml:3: 'half-registered' is not available because plugin ThrowsInRegister was refused: its code threw",
            failure.Message);
        Assert.Equal(4, failure.ExitCode);
    }

    [Fact]
    public void A_component_whose_refused_plugin_has_a_like_name_is_a_plugin_failure_and_any_other_unknown_one_is_not()
    {
        var dll = folder.Add("MyTokenizer", "SpeechOne");
        File.WriteAllText(dll, "garbage");
        var catalog = folder.Load();
        Assert.Throws<PluginException>(() => OfferSearch.Find(catalog, typeof(ITokenizer), "my-tokenizer", ""));
        var unknown = Assert.Throws<UsageException>(() => OfferSearch.Find(catalog, typeof(ITokenizer), "unigram", ""));
        Assert.Contains("Plugins that were refused: MyTokenizer", unknown.Message);
    }

    [Fact]
    public void A_component_that_throws_while_it_is_built_is_blamed_on_its_plugin()
    {
        var dll = folder.Add("ThrowsWhileBuilding");
        var factory = folder.Factory();
        var thrown = Assert.Throws<PluginException>(() => factory.Build<IMetric>(new("explosive"), null!));
        Assert.Equal($"Plugin ThrowsWhileBuilding ({dll}) failed while building the metric 'explosive': DivideByZeroException: boom",
            thrown.Message);
        Assert.Contains("returned nothing", Assert.Throws<PluginException>(() => factory.Build<IMetric>(new("nothing"), null!)).Message);
        Assert.Equal("the file x.txt is missing", Assert.Throws<DataException>(() => factory.Build<IMetric>(new("picky"), null!)).Message);
    }

    private static string? Failure(Catalog catalog, string plugin) => catalog.Plugins.Single(p => p.Name == plugin).Failure;
}
