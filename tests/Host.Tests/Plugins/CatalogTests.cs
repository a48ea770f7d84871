using PluginHost.Host.Plugins;

namespace PluginHost.Host.Tests.Plugins;

public sealed class CatalogTests
{
    private readonly Catalog catalog = new();

    private string Refusal(Action<ICatalog> register) =>
        Assert.Throws<PluginException>(() => catalog.Register(SomePlugin.Info, register)).Message;

    [Theory]
    [InlineData("Upper")]
    [InlineData("two words")]
    [InlineData("under_score")]
    [InlineData("-x")]
    [InlineData("")]
    public void Names_are_lower_case_words_joined_by_hyphens(string name) =>
        Assert.Contains("must be lower-case words joined by hyphens", Refusal(c => c.Add<IMetric, NoOptions>(name, (_, _) => null!, "")));

    [Fact]
    public void A_tools_name_is_one_word_or_a_noun_and_a_verb() =>
        Assert.Contains("must be one word, or a noun and a verb",
            Refusal(c => c.Add<ITool, NoOptions>("extract all motifs", (_, _) => null!, "")));

    [Fact]
    public void Only_what_was_added_can_be_the_default() => Assert.Equal(
        "'flat' cannot be the default schedule: it was not added before, inside Register.", Refusal(c => c.MakeDefault<ISchedule>("flat")));

    [Fact]
    public void Only_the_kinds_of_the_contract_are_taken() =>
        Assert.Contains("which is no kind of component; the kinds are: IDataSource, ITokenizer, Backbone,",
            Refusal(c => c.Add<string, NoOptions>("x", (_, _) => "", "")));

    [Fact]
    public void A_name_is_added_once_for_each_kind()
    {
        Assert.Contains("was added twice", Refusal(c =>
        {
            c.Add<IMetric, NoOptions>("x", (_, _) => null!, "");
            c.Add<IMetric, NoOptions>("x", (_, _) => null!, "");
        }));
        catalog.Register(SomePlugin.Info, c =>
        {
            c.Add<IMetric, NoOptions>("x", (_, _) => null!, "");
            c.Add<ITokenizer, NoOptions>("x", (_, _) => null!, "");
        });
        Assert.Equal(2, catalog.Offers.Count);
    }

    [Fact]
    public void Nothing_can_be_added_after_registration()
    {
        ICatalog? kept = null;
        catalog.Register(SomePlugin.Info, c => kept = c);
        Assert.Throws<PluginException>(() => kept!.Add<IMetric, NoOptions>("late", (_, _) => null!, ""));
        Assert.Empty(catalog.Offers);
    }
}
