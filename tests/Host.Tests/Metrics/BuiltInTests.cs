using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Host.BuiltIns;

namespace PluginHost.Host.Tests.Metrics;

public sealed class BuiltInTests
{
    private static List<(Type Kind, string Name, Type Options, string Summary, Func<object> Create)> Offered()
    {
        var catalog = new Recorder();
        var found = typeof(IBuiltIn).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(IBuiltIn)) && !t.IsInterface);
        foreach (var type in found) ((IBuiltIn)Activator.CreateInstance(type)!).Register(catalog);
        return catalog.Offered;
    }

    [Fact]
    public void Scanning_finds_every_source_and_metric()
    {
        var names = Offered().Select(o => $"{o.Kind.Name} {o.Name}").Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "IDataSource class-folders", "IDataSource fasta", "IDataSource fold", "IDataSource labelled-fasta", "IDataSource subset", "IDataSource table", "IDataSource union",
                 "IMetric accuracy", "IMetric auprc", "IMetric auroc", "IMetric brier", "IMetric f1", "IMetric f1-binary",
                "IMetric loss", "IMetric masked-accuracy", "IMetric mcc", "IMetric mse", "IMetric pearson", "IMetric perplexity", "IMetric precision",
                "IMetric precision-binary", "IMetric r2", "IMetric recall", "IMetric recall-binary", "IMetric spearman",
            ], names);
    }

    [Fact]
    public void Registration_types_are_public_and_summaries_are_sentences()
    {
        Assert.All(typeof(IBuiltIn).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(IBuiltIn))), t => Assert.True(t.IsPublic));
        Assert.All(Offered(), o => Assert.EndsWith(".", o.Summary));
    }

    [Fact]
    public void Metrics_are_made_from_default_options()
    {
        foreach (var (_, _, _, _, create) in Offered().Where(o => o.Kind == typeof(IMetric))) Assert.Equal(double.NaN, ((IMetric)create()).Value);
    }

    [Fact]
    public void Every_option_is_described_and_defaults_are_within_limits()
    {
        foreach (var options in Offered().Select(o => o.Options).Distinct())
        {
            Assert.All(options.GetProperties().Where(p => p.SetMethod is not null), p =>
                Assert.False(string.IsNullOrEmpty(p.GetCustomAttributes(typeof(DescriptionAttribute), false).Cast<DescriptionAttribute>().SingleOrDefault()?.Description), $"{options.Name}.{p.Name}"));
            var defaults = Activator.CreateInstance(options)!;
            foreach (var p in options.GetProperties().Where(p => p.Name is not ("Path" or "Sources") && !Attribute.IsDefined(p, typeof(RequiredAttribute))))
                Assert.All(p.GetCustomAttributes(typeof(ValidationAttribute), true).Cast<ValidationAttribute>(), limit => Assert.True(limit.IsValid(p.GetValue(defaults)), $"{options.Name}.{p.Name}"));
        }
    }

    private sealed class Recorder : ICatalog
    {
        public List<(Type, string, Type, string, Func<object>)> Offered { get; } = [];

        public void Add<TComponent, TOptions>(string name, Func<TOptions, BuildContext, TComponent> create, string summary)
            where TComponent : class
            where TOptions : class, new() =>
            Offered.Add((typeof(TComponent), name, typeof(TOptions), summary, () => create(new(), null!)));
    }
}
