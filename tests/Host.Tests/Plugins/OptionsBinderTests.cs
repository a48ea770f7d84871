using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Models;
using PluginHost.Host.Plugins.Options;

namespace PluginHost.Host.Tests.Plugins;

public sealed class OptionsBinderTests
{
    public enum Way { RoundAndRound, Straight }

    public sealed class Inner
    {
        public int Depth { get; set; } = 7;

        [Range(0.0, 1.0)]
        public double Share { get; set; } = 0.5;
    }

    public sealed class Everything : IValidatableObject
    {
        [Range(1, 8)] public int K { get; set; } = 6;
        public long Long { get; set; }
        public byte Small { get; set; }
        public ulong Huge { get; set; }
        public double Rate { get; set; } = 0.15;
        [Range(0.0, double.PositiveInfinity)] public double Heat { get; set; } = 1;
        public float Single { get; set; }
        public decimal Exact { get; set; }
        public bool Flag { get; set; }
        public Way Way { get; set; }
        public string Text { get; set; } = "";
        [Required] public string? Needed { get; set; } = "given";
        public string? Maybe { get; set; } = "by default";
        public int? Perhaps { get; set; } = 3;
        public int[] Numbers { get; set; } = [1, 2];
        [MinLength(1)] public List<string> Names { get; set; } = ["a"];
        public IReadOnlyList<Inner> Rooms { get; set; } = [];
        public IReadOnlyDictionary<string, double> Weights { get; set; } = new Dictionary<string, double>();
        public Inner House { get; set; } = new() { Depth = 9 };
        public ComponentSpec? Part { get; set; }
        public IReadOnlyList<ComponentSpec> Parts { get; set; } = [];
        public object? Anything { get; set; }
        public int ReadOnly { get; } = 5;

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (Flag && K == 8) yield return new("cannot be 8 with 'flag'.", [nameof(K)]);
        }
    }

    private static Everything Bind(string yaml) =>
        (Everything)OptionsBinder.Bind(typeof(Everything),
            (MapNode)YamlDocument.Parse("p.yaml", yaml).Under(new Place("p.yaml", 0, "tokenizer")));

    private static string Complaint(string yaml) => Assert.Throws<UsageException>(() => Bind(yaml)).Message;

    [Fact]
    public void Infinity_is_for_options_whose_limits_allow_it()
    {
        Assert.Equal(double.PositiveInfinity, Bind("heat: .inf").Heat);
        Assert.Contains("heat", Complaint("heat: -.inf"));
        Assert.Contains("must be a number", Complaint("heat: .nan"));
        foreach (var yaml in (string[])["rate: .inf", "weights: { a: .inf }", "rooms: [ { share: .inf } ]", "rate: -.inf"])
            Assert.Contains("must be", Complaint(yaml));
        Assert.Contains("finite", Complaint("rate: .inf"));
        Assert.Contains("single", Complaint("single: .inf"));
    }

    [Fact]
    public void Every_type_binds()
    {
        var bound = Bind("""
            k: 3
            Long: -9000000000
            small: 0x1F
            huge: 18446744073709551615
            rate: 4.0e-4
            single: .1
            exact: 0.10
            flag: true
            way: round-and-round
            text: 2.10
            maybe:
            perhaps: ~
            numbers: [3, 4, 0o17]
            names: [x, "y"]
            rooms: [{ depth: 1 }, { share: 1 }]
            weights: { a: 1, b: 2.5 }
            house: { share: 0.25 }
            part: { use: kmer, k: 3 }
            parts: [mcc, { use: f1, average: macro }]
            anything: [1, two]
            """);
        Assert.Equal((3, -9000000000, (byte)31, ulong.MaxValue), (bound.K, bound.Long, bound.Small, bound.Huge));
        Assert.Equal((4.0e-4, 0.1f, 0.10m, true, Way.RoundAndRound), (bound.Rate, bound.Single, bound.Exact, bound.Flag, bound.Way));
        Assert.Equal("2.10", bound.Text);
        Assert.Null(bound.Maybe);
        Assert.Null(bound.Perhaps);
        Assert.Equal([3, 4, 15], bound.Numbers);
        Assert.Equal(["x", "y"], bound.Names);
        Assert.Equal([(1, 0.5), (7, 1.0)], bound.Rooms.Select(r => (r.Depth, r.Share)));
        Assert.Equal(2.5, bound.Weights["b"]);
        Assert.Equal((9, 0.25), (bound.House.Depth, bound.House.Share));
        Assert.Equal(("kmer", 3L), (bound.Part!.Use, bound.Part.With["k"]));
        Assert.Equal(["mcc", "f1"], bound.Parts.Select(p => p.Use));
        Assert.Equal(new object?[] { 1L, "two" }, (IEnumerable<object?>)bound.Anything!);
    }

    [Theory]
    [InlineData("RoundAndRound")]
    [InlineData("roundAndRound")]
    [InlineData("round-and-round")]
    [InlineData("round_and_round")]
    public void Names_of_an_enum_may_be_written_in_any_usual_way(string name) => Assert.Equal(Way.RoundAndRound, Bind($"way: {name}").Way);

    [Fact]
    public void Nothing_written_means_the_defaults() => Assert.Equal((6, 0.15, "a"), (Bind("{}").K, Bind("{}").Rate, Bind("{}").Names[0]));

    [Fact]
    public void A_single_value_may_stand_for_a_list_of_one() => Assert.Equal(["alone"], Bind("names: alone").Names);

    [Fact]
    public void An_unknown_option_lists_those_there_are_and_the_nearest()
    {
        var message = Complaint("\n\nkk: 3");
        Assert.StartsWith("p.yaml:3: tokenizer: unknown option 'kk'; Everything has: k, long, small,", message);
        Assert.EndsWith("(did you mean 'k'?).", message);
        Assert.DoesNotContain("readOnly", message);
    }

    [Theory]
    [InlineData("k: 9", "p.yaml:1: tokenizer.k: must be 1 to 8, but is 9.")]
    [InlineData("k: six", "p.yaml:1: tokenizer.k: must be a whole number, but is 'six'.")]
    [InlineData("k: 6.0", "p.yaml:1: tokenizer.k: must be a whole number, but is '6.0'; write 6.")]
    [InlineData("long: 1e6", "p.yaml:1: tokenizer.long: must be a whole number, but is '1e6'; write 1000000.")]
    [InlineData("long: 1_000", "p.yaml:1: tokenizer.long: must be a whole number, but is '1_000'; write 1000.")]
    [InlineData("k: '6'", "p.yaml:1: tokenizer.k: must be a whole number, but is the text '6': remove the quotes.")]
    [InlineData("k: [6]", "p.yaml:1: tokenizer.k: must be a whole number, but is a list.")]
    [InlineData("k: {a: 1}", "p.yaml:1: tokenizer.k: must be a whole number, but is a map.")]
    [InlineData("k:", "p.yaml:1: tokenizer.k: no value is given; write a whole number, or leave the key out for the default.")]
    [InlineData("k: 99999999999", "p.yaml:1: tokenizer.k: must be a whole number from -2147483648 to 2147483647, but is 99999999999.")]
    [InlineData("huge: -1", "p.yaml:1: tokenizer.huge: must be a whole number from 0 to 18446744073709551615, but is -1.")]
    [InlineData("flag: yes", "p.yaml:1: tokenizer.flag: must be true or false, but is 'yes'.")]
    [InlineData("flag: 1", "p.yaml:1: tokenizer.flag: must be true or false, but is '1'.")]
    [InlineData("rate: fast", "p.yaml:1: tokenizer.rate: must be a number, but is 'fast'.")]
    [InlineData("rate: .nan", "p.yaml:1: tokenizer.rate: must be a number, but is '.nan'.")]
    [InlineData("single: 1e300", "p.yaml:1: tokenizer.single: is too large: 1E+300.")]
    [InlineData("way: sideways", "p.yaml:1: tokenizer.way: must be one of round-and-round, straight, but is 'sideways'.")]
    [InlineData("way: strait",
        "p.yaml:1: tokenizer.way: must be one of round-and-round, straight, but is 'strait' (did you mean 'straight'?).")]
    [InlineData("way: 1", "p.yaml:1: tokenizer.way: must be one of round-and-round, straight, but is '1'.")]
    [InlineData("numbers: [1, x]", "p.yaml:1: tokenizer.numbers.1: must be a whole number, but is 'x'.")]
    [InlineData("numbers: {a: 1}", "p.yaml:1: tokenizer.numbers: must be a list of whole numbers, but is a map.")]
    [InlineData("weights: [1]", "p.yaml:1: tokenizer.weights: must be a map of names to numbers, but is a list.")]
    [InlineData("weights: { a: x }", "p.yaml:1: tokenizer.weights.a: must be a number, but is 'x'.")]
    [InlineData("house: tall", "p.yaml:1: tokenizer.house: must be a map with the options of Inner, but is 'tall'.")]
    [InlineData("house: { share: 2 }", "p.yaml:1: tokenizer.house.share: must be 0 to 1, but is 2.")]
    [InlineData("house: { shair: 0.2 }",
        "p.yaml:1: tokenizer.house: unknown option 'shair'; Inner has: depth, share (did you mean 'share'?).")]
    [InlineData("rooms: [{ share: 2 }]", "p.yaml:1: tokenizer.rooms.0.share: must be 0 to 1, but is 2.")]
    [InlineData("names: []", "p.yaml:1: tokenizer.names: must have at least 1 entry, but has 0.")]
    [InlineData("needed: ''", "p.yaml:1: tokenizer.needed: is required; give a value for 'needed'.")]
    [InlineData("part: { k: 3 }",
        "p.yaml:1: tokenizer.part: a component is written { use: NAME, option: value }, but this is a map without a name under 'use'.")]
    [InlineData("part: [kmer]", "p.yaml:1: tokenizer.part: a component is written { use: NAME, option: value }, but this is a list.")]
    [InlineData("{ k: 8, flag: true }", "p.yaml:1: tokenizer.k: cannot be 8 with 'flag'.")]
    public void What_is_wrong_is_said_with_place_and_remedy(string yaml, string message) => Assert.Equal(message, Complaint(yaml));

    [Fact]
    public void Everything_wrong_is_said_at_once_one_line_each() =>
        Assert.Equal(
            ["p.yaml:1: tokenizer.k: must be a whole number, but is 'x'.", "p.yaml:2: tokenizer.rate: must be a number, but is 'y'."],
            Complaint("k: x\nrate: y").Split('\n'));

    [Fact]
    public void Plain_values_from_code_bind_as_those_of_a_file()
    {
        var spec = new ComponentSpec("x", new Dictionary<string, object?>
        {
            ["k"] = 4L, ["rate"] = 0.25, ["flag"] = true, ["way"] = "straight", ["names"] = new List<object?> { "p", "q" },
            ["part"] = new ComponentSpec("kmer", new Dictionary<string, object?> { ["k"] = 2 }),
            ["house"] = new Dictionary<string, object?> { ["depth"] = 1L },
        });
        var bound = (Everything)OptionsBinder.Bind(typeof(Everything), SpecNodes.Options(spec));
        Assert.Equal((4, 0.25, true, Way.Straight, "kmer", 1),
            (bound.K, bound.Rate, bound.Flag, bound.Way, bound.Part!.Use, bound.House.Depth));
        Assert.Equal(["p", "q"], bound.Names);
    }

    [Fact]
    public void A_class_that_cannot_be_written_is_its_plugins_fault() =>
        Assert.Contains("which cannot be written in a pipeline",
            Assert.Throws<PluginException>(() => OptionsBinder.Bind(typeof(Odd), (MapNode)YamlDocument.Parse("p", "when: 1"))).Message);

    public sealed class Odd
    {
        [Description("x")] public DateTime When { get; set; }
    }
}
