using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Tests.Plugins;

namespace PluginHost.Host.Tests.Pipelines;

/// <summary>Components that exist by name and options only, for what is checked before anything is built.</summary>
internal static class FakeCatalog
{
    public sealed class WordOptions
    {
        [Range(1, 8)] public int K { get; set; } = 6;
        public string? Vocab { get; set; }
    }

    public sealed class WrapOptions
    {
        [Required] public ComponentSpec? Inner { get; set; }
        public IReadOnlyList<ComponentSpec> More { get; set; } = [];
    }

    public sealed class NetOptions
    {
        [Range(1, 100)] public int Layers { get; set; } = 12;
        public double Dropout { get; set; } = 0.1;
    }

    public sealed class FileOptions
    {
        [Required] public string? Path { get; set; }
        public int Window { get; set; } = 510;
    }

    public sealed class TaskOptions
    {
        [Range(0.0, 1.0)] public double Rate { get; set; } = 0.15;
    }

    public sealed class RollOptions
    {
        [Range(0.0, 1.0)] public double Speed { get; set; } = 1;
    }

    public sealed class FoldOptions : IFoldOptions
    {
        [Required] public ComponentSpec? Data { get; set; }
        public int Folds { get; set; } = 10;
        public int Fold { get; set; } = 1;
        public bool Dev { get; set; } = true;
    }

    public sealed class SubsetOptions : ISubsetOptions
    {
        [Required] public ComponentSpec? Data { get; set; }
        public double Percent { get; set; } = 100;
    }

    public sealed class AverageOptions
    {
        [Description("How classes are joined.")] public string Average { get; set; } = "macro";
    }

    public static ComponentFactory Factory() => new(Load);

    public static PipelineReader Reader() => new(Factory());

    private static Catalog Load()
    {
        var catalog = new Catalog();
        catalog.Register(SomePlugin.Info, c =>
        {
            c.Add<ITokenizer, WordOptions>("words", (_, _) => null!, "");
            c.Add<ITokenizer, WrapOptions>("wrap", (_, _) => null!, "");
            c.Add<Backbone, NetOptions>("net", (_, _) => null!, "");
            c.Add<Head, NoOptions>("head", (_, _) => null!, "");
            c.Add<IDataSource, FileOptions>("file", (_, _) => null!, "");
            c.Add<IDataSource, FoldOptions>("fold", (_, _) => null!, "");
            c.Add<IDataSource, SubsetOptions>("subset", (_, _) => null!, "");
            c.Add<IObjective, TaskOptions>("guess", (_, _) => null!, "");
            c.Add<IMetric, NoOptions>("mcc", (_, _) => null!, "");
            c.Add<IMetric, AverageOptions>("f1", (_, _) => null!, "");
            c.Add<IOptimizerFactory, NoOptions>("walk", (_, _) => null!, "");
            c.Add<IOptimizerFactory, RollOptions>("roll", (_, _) => null!, "");
            c.Add<ISchedule, NoOptions>("linear", (_, _) => null!, "");
            c.Add<ISchedule, NoOptions>("cosine", (_, _) => null!, "");
            c.Add<IRunObserver, NoOptions>("watch", (_, _) => null!, "");
            c.MakeDefault<IOptimizerFactory>("walk");
            c.MakeDefault<ISchedule>("linear");
        });
        return catalog;
    }
}
