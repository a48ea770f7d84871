using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins;

namespace PluginHost.Host.Tests.Plugins;

/// <summary>A plugin that is loaded needs its folder no more, whatever it binds later.</summary>
public sealed class LateDependencyTests : IDisposable
{
    private readonly FixtureFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_dependency_deleted_while_it_runs_is_there_all_the_same()
    {
        var dll = folder.Add("NeedsLate");
        var factory = Loaded();
        Directory.Delete(Path.GetDirectoryName(dll)!, recursive: true);
        Assert.Equal(42, Late(factory));
    }

    [Fact]
    public void Without_a_list_of_dependencies_too()
    {
        var dll = folder.Add("NeedsLate");
        File.Delete(Path.ChangeExtension(dll, ".deps.json"));
        var factory = Loaded();
        Directory.Delete(Path.GetDirectoryName(dll)!, recursive: true);
        Assert.Equal(42, Late(factory));
    }

    [Fact]
    public void A_folder_replaced_while_it_runs_does_not_mix_the_old_with_the_new()
    {
        var dll = folder.Add("NeedsLate");
        var factory = Loaded();
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(dll)!, "LateLibrary.dll"), "of another version");
        Assert.Equal(42, Late(factory));
        Assert.IsType<BadImageFormatException>(
            Causes.Root(Assert.ThrowsAny<Exception>(() => Late(Loaded()))));
    }

    [Fact]
    public void One_that_is_missing_from_the_start_is_missing()
    {
        var dll = folder.Add("NeedsLate");
        File.Delete(Path.Combine(Path.GetDirectoryName(dll)!, "LateLibrary.dll"));
        File.Delete(Path.ChangeExtension(dll, ".deps.json"));
        Assert.Contains("it needs LateLibrary", folder.Load().Plugins.Single().Failure);
    }

    private ComponentFactory Loaded()
    {
        var factory = folder.Factory();
        Assert.Null(Assert.Single(factory.Plugins).Failure);
        return factory;
    }

    private static double Late(ComponentFactory factory) => factory.Build<IMetric>(new("late"), null!).Value;
}
