using FsCheck;
using FsCheck.Fluent;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Tests.Docs;
using PluginHost.Libs.Tools.Writing;

namespace PluginHost.Host.Tests.Models;

/// <summary>Whatever tokens are chosen of those that rules allow, a sequence has the length and the beginning that were asked
/// for.</summary>
public sealed class WritingRuleTests
{
    private static readonly Dictionary<string, TokenTexts> known = [];

    private static (ITokenizer Tokenizer, TokenTexts Texts) Of(string name)
    {
        var tokenizer = Build(name);
        lock (known)
        {
            if (!known.TryGetValue(name, out var texts)) known[name] = texts = new TokenTexts(tokenizer, Foreign(tokenizer));
            return (tokenizer, texts);
        }
    }

    /// <summary>Bytes that are no bases.</summary>
    private static HashSet<int> Foreign(ITokenizer tokenizer) => [.. Enumerable.Range(0, tokenizer.Vocabulary.Count)
        .Where(id => !tokenizer.Vocabulary.IsSpecial(id) && tokenizer.Decode([id]).Any(c => !"ACGTN".Contains(c)))];

    private static ITokenizer Build(string name)
    {
        var (use, with) = name switch
        {
            "byte" => ("byte", new Dictionary<string, object?>()),
            "bpe" => ("bpe", new() { ["vocab"] = Path.Combine(Repository.Root, "samples", "tokenizers", "fly_bpe_1024.json") }),
            "kmer" => ("kmer", new() { ["k"] = 4L }),
            "fixed" => ("token-language", new() { ["k"] = 6L, ["vocabulary"] = "fixed" }),
            _ => ("token-language", new() { ["k"] = 4L }),
        };
        return RealHost.Components.Build<ITokenizer>(new(use, with),
            new PipelineBuildContext(RealHost.Components, null, null, PathSearch.WorkingDirectory));
    }

    /// <summary>Tokens drawn alike of all that a rule allows, until it is complete.</summary>
    private static List<int> Write(ITokenizer tokenizer, DecodeRule rule, SeededRandom random)
    {
        var allowed = new bool[tokenizer.Vocabulary.Count];
        List<int> tokens = [];
        while (!rule.IsComplete)
        {
            Array.Fill(allowed, true);
            rule.Restrict(allowed);
            var open = Enumerable.Range(0, allowed.Length).Where(id => allowed[id]).ToList();
            Assert.NotEmpty(open);
            tokens.Add(open[random.Next(0, open.Count)]);
            rule = rule.After(tokens[^1]);
        }
        return tokens;
    }

    [Theory]
    [InlineData("byte", 1)]
    [InlineData("bpe", 1)]
    [InlineData("dynamic", 1)]
    [InlineData("kmer", 4)]
    [InlineData("fixed", 6)]
    public void Sequences_end_at_the_longest_length_that_tokens_make(string name, int step)
    {
        var (tokenizer, texts) = Of(name);
        var cases = Gen.Choose(step, 60).SelectMany(length => Gen.Choose(0, 1000).Select(seed => (length, seed)));
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var makes = name == "fixed" ? c.length / 6 * 6 : c.length;
            Assert.Equal(makes, texts.Nearest(c.length, goesOn: false));
            var tokens = Write(tokenizer, new ExactBases(texts, makes, ""), new SeededRandom((ulong)c.seed));
            return tokenizer.Decode([.. tokens]).Length == makes;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Theory]
    [InlineData("byte")]
    [InlineData("bpe")]
    [InlineData("dynamic")]
    [InlineData("kmer")]
    public void Sequences_begin_as_asked_and_go_on_from_what_stands_before(string name)
    {
        var (tokenizer, texts) = Of(name);
        var dna = Gen.ArrayOf(Gen.Elements('A', 'C', 'G', 'T')).Select(letters => new string(letters));
        var cases = from before in dna
                    from begin in dna
                    from more in Gen.Choose(4, 20)
                    from seed in Gen.Choose(0, 1000)
                    where begin.Length > 0 && (before.Length == 0 || before.Length >= 4)
                    select (before, begin, more, seed);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var length = c.begin.Length + c.more;
            var goesOn = c.before.Length > 0;
            var rule = new AllRules(new Beginning(texts, c.begin, goesOn), new ExactBases(texts, length, c.before));
            int[] front = [.. goesOn ? tokenizer.Encode(new("before", c.before), new(SpecialTokens: false)).Ids : []];
            var whole = tokenizer.Decode([.. front, .. Write(tokenizer, rule, new SeededRandom((ulong)c.seed))]);
            return whole.StartsWith(c.before + c.begin, StringComparison.Ordinal) && whole.Length == c.before.Length + length;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public void A_sequence_that_outgrows_its_length_ends_at_once()
    {
        var (tokenizer, texts) = Of("dynamic");
        var word = tokenizer.Vocabulary.Find("ACGT")!.Value;
        DecodeRule rule = new AtMostBases(texts, 8, goesOn: false);
        var ends = Enumerable.Range(0, 3).Select(_ => (rule = rule.After(word)).IsComplete).ToList();
        Assert.Equal([false, false, true], ends);
    }

    [Fact]
    public void What_no_token_makes_is_told()
    {
        var (_, texts) = Of("fixed");
        Assert.Equal((0, 6, 6), (texts.Nearest(5, false), texts.Nearest(11, true), texts.Nearest(6, false)));
        var (_, kmers) = Of("kmer");
        Assert.Equal((3, 0, 1), (kmers.Overlap, kmers.Nearest(3, false), kmers.Nearest(1, true)));
    }
}
