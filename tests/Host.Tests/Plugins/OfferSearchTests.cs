using PluginHost.Host.Plugins;

namespace PluginHost.Host.Tests.Plugins;

public sealed class OfferSearchTests
{
    private static readonly PluginInfo one = new("One", "/p/One/One.dll", "1", "", null);
    private static readonly PluginInfo sameNameElsewhere = one with { Path = "/q/One/One.dll" };

    private static Catalog Catalog(params (PluginInfo From, string Name)[] metrics)
    {
        var catalog = new Catalog();
        foreach (var (from, name) in metrics) catalog.Register(from, c => c.Add<IMetric, NoOptions>(name, (_, _) => null!, "A metric."));
        catalog.Register(SomePlugin.Info, c => c.Add<ITokenizer, NoOptions>("letters", (_, _) => null!, "A tokenizer."));
        return catalog;
    }

    private static string Complaint(Catalog catalog, Type kind, string use) =>
        Assert.Throws<UsageException>(() => OfferSearch.Find(catalog, kind, use, "p.yaml:2: x")).Message;

    private static Catalog WithSchedules(params (PluginInfo From, string Default)[] plugins)
    {
        var catalog = new Catalog();
        foreach (var (from, name) in plugins)
        {
            catalog.Register(from, c =>
            {
                c.Add<ISchedule, NoOptions>("other", (_, _) => null!, "");
                c.Add<ISchedule, NoOptions>(name, (_, _) => null!, "");
                c.MakeDefault<ISchedule>(name);
            });
        }
        return catalog;
    }

    [Fact]
    public void A_kinds_default_is_the_one_its_plugin_calls_so() =>
        Assert.Equal("flat", OfferSearch.Default(WithSchedules((one, "flat")), typeof(ISchedule), "p.yaml:2: x").Use);

    [Fact]
    public void Without_a_default_or_with_two_one_has_to_be_named()
    {
        static string Complaint(Catalog catalog) =>
            Assert.Throws<UsageException>(() => OfferSearch.Default(catalog, typeof(ISchedule), "p.yaml:2: x")).Message;
        Assert.Equal(
            "p.yaml:2: x: no schedule is named, and no plugin offers a default one; are the plugins built, or is --plugins missing?",
            Complaint(WithSchedules()));
        Assert.Equal(
            "p.yaml:2: x: no schedule is named, and /p/One/One.dll calls 'flat' and /q/One/One.dll calls 'steep' the default; name one.",
            Complaint(WithSchedules((one, "flat"), (sameNameElsewhere, "steep"))));
    }

    [Fact]
    public void A_name_or_a_qualified_name_finds_the_offer()
    {
        var catalog = Catalog((one, "mcc"), (SomePlugin.Info, "f1"));
        Assert.Same(one, OfferSearch.Find(catalog, typeof(IMetric), "mcc", "").Info.Plugin);
        Assert.Same(one, OfferSearch.Find(catalog, typeof(IMetric), "one/mcc", "").Info.Plugin);
        Assert.Same(SomePlugin.Info, OfferSearch.Find(catalog, typeof(IMetric), "some/f1", "").Info.Plugin);
    }

    [Fact]
    public void An_unknown_name_lists_those_of_its_kind_and_the_nearest() => Assert.Equal(
        "p.yaml:2: x: there is no metric 'mc'; there are: f1, mcc (did you mean 'mcc'?).",
        Complaint(Catalog((one, "mcc"), (SomePlugin.Info, "f1")), typeof(IMetric), "mc"));

    [Fact]
    public void A_name_of_another_kind_says_so() => Assert.Equal(
        "p.yaml:2: x: 'letters' is a tokenizer, but a metric is needed here; there are: mcc.",
        Complaint(Catalog((one, "mcc")), typeof(IMetric), "letters"));

    [Fact]
    public void An_unknown_assembly_says_so() => Assert.StartsWith(
        "p.yaml:2: x: no assembly named 'Onne' offers components (did you mean 'One'?)",
        Complaint(Catalog((one, "mcc")), typeof(IMetric), "Onne/mcc"));

    [Fact]
    public void A_kind_with_nothing_on_offer_asks_for_the_plugins() => Assert.Contains(
        "there is no architecture 'x'; there is none at all: are the plugins built, or is --plugins missing?",
        Complaint(Catalog(), typeof(Backbone), "x"));

    [Fact]
    public void One_assembly_in_two_folders_cannot_be_told_apart() => Assert.Equal(
        "p.yaml:2: x: the metric 'mcc' is offered by /p/One/One.dll and /q/One/One.dll; both assemblies have the same name, so remove "
            + "one of them.",
        Complaint(Catalog((one, "mcc"), (sameNameElsewhere, "mcc")), typeof(IMetric), "mcc"));

    [Fact]
    public void Two_plugins_may_share_a_name_when_it_is_asked_for_by_assembly()
    {
        var catalog = Catalog((one, "mcc"), (SomePlugin.Info, "mcc"));
        Assert.Contains("'use: One/mcc' or 'use: Some/mcc'", Complaint(catalog, typeof(IMetric), "mcc"));
        Assert.Same(SomePlugin.Info, OfferSearch.Find(catalog, typeof(IMetric), "Some/mcc", "").Info.Plugin);
    }
}
