namespace PluginHost.Host.Tests.Plugins;

/// <summary>Each plugin has its own dependencies; the contract is shared; names that clash are told apart.</summary>
public sealed class IsolationTests : IDisposable
{
    private readonly FixtureFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Two_plugins_use_different_versions_of_one_library_side_by_side()
    {
        folder.Add("SpeechOne");
        folder.Add("SpeechTwo");
        var factory = folder.Factory();
        Assert.Equal(1, factory.Build<IMetric>(new("SpeechOne/speech"), null!).Value);
        Assert.Equal(2, factory.Build<IMetric>(new("SpeechTwo/speech"), null!).Value);
    }

    [Fact]
    public void A_name_offered_twice_names_both_files_and_how_to_say_which()
    {
        var one = folder.Add("SpeechOne");
        var two = folder.Add("SpeechTwo");
        var failure = Assert.Throws<UsageException>(() =>
            folder.Factory().Build<IMetric>(new("speech") { Origin = "p.yaml:9: metrics.0" }, null!));
        Assert.Equal($"p.yaml:9: metrics.0: the metric 'speech' is offered by {one} and {two}; say which with 'use: SpeechOne/speech' or "
            + "'use: SpeechTwo/speech'.", failure.Message);
    }

    [Fact]
    public void The_contract_comes_from_the_host_even_if_a_copy_lies_in_the_folder()
    {
        var dll = folder.Add("SpeechOne");
        foreach (var contract in (string[])["PluginHost.Abstractions.dll", "PluginHost.Torch.dll"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, contract), Path.Combine(Path.GetDirectoryName(dll)!, contract));
        File.Delete(Path.ChangeExtension(dll, ".deps.json"));
        Assert.IsAssignableFrom<IMetric>(folder.Factory().Build<IMetric>(new("speech"), null!));
    }

    [Fact]
    public void A_folder_replaced_between_loads_is_picked_up_by_the_same_process()
    {
        var dll = folder.Add("SpeechOne");
        Assert.Equal(1, folder.Factory().Build<IMetric>(new("speech"), null!).Value);
        var library = Path.Combine(Path.GetDirectoryName(dll)!, "Speech.dll");
        using (var other = new FixtureFolder())
            File.Copy(Path.Combine(Path.GetDirectoryName(other.Add("SpeechTwo"))!, "Speech.dll"), library, overwrite: true);
        Assert.Equal(2, folder.Factory().Build<IMetric>(new("speech"), null!).Value);
    }

    [Fact]
    public void Version_path_and_hash_of_a_loaded_plugin_are_known()
    {
        var dll = folder.Add("SpeechOne");
        var plugin = Assert.Single(folder.Load().Plugins);
        Assert.Equal(("SpeechOne", dll, "2.0.0"), (plugin.Name, plugin.Path, plugin.Version));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(dll))), plugin.Sha256);
    }
}
