using PluginHost.Plugins.Variants.Likelihoods;

namespace PluginHost.Plugins.Tests.Tools.Parity;

using static TorchSharp.torch;

/// <summary>Logarithms of likelihoods as variants are scored by, against Golden/tools/tools_reference.py. In nats.</summary>
[Collection(TorchCollection.Name)]
public sealed class LikelihoodParityTests
{
    [Theory]
    [MemberData(nameof(ParityCase.Masked), MemberType = typeof(ParityCase))]
    public void Hidden_tokens_have_the_references_likelihood(string name)
    {
        using var scope = NewDisposeScope();
        var of = new ParityCase(name);
        using var model = of.Pretrained();
        var likelihood = new TokenLikelihood(model);
        Assert.True(likelihood.IsOffered);
        Assert.False(likelihood.IsCausal);
        EncodedSequence[] encodings =
            [.. of.Golden.GetProperty("sequences").EnumerateArray().Select(s => likelihood.Encode(s.GetString()!))];
        var entries = of.Golden.GetProperty("masked").EnumerateArray().ToArray();
        var rows = new List<HiddenTokens>();
        foreach (var entry in entries)
        {
            var row = new HiddenTokens(encodings[entry.GetProperty("row").GetInt32()], Recorded.Integers(entry.GetProperty("hidden")),
                Recorded.Integers(entry.GetProperty("asked")));
            Assert.Equal(Recorded.Integers(entry.GetProperty("candidates")[0]), row.Candidates.Single());
            row.Candidates.Add(Recorded.Integers(entry.GetProperty("candidates")[1]));
            rows.Add(row);
        }

        var found = likelihood.MaskedCandidates(rows, TestContext.Current.CancellationToken);

        foreach (var (i, entry) in entries.Index())
            foreach (var (c, expected) in Recorded.Numbers(entry.GetProperty("lnP")).Index())
                Recorded.LikelihoodAgrees($"place {i}, candidate {c}", expected, found[i][c]);
    }

    [Fact]
    public void Next_tokens_have_the_references_likelihood()
    {
        using var scope = NewDisposeScope();
        var of = new ParityCase("dnagpt");
        using var model = of.Pretrained();
        var likelihood = new TokenLikelihood(model);
        Assert.True(likelihood.IsOffered && likelihood.IsCausal);
        var rows = new List<(EncodedSequence Encoding, int From)>();
        var expected = new List<double>();
        foreach (var (sequence, terms) in of.Golden.GetProperty("sequences").EnumerateArray()
            .Zip(of.Golden.GetProperty("causal").EnumerateArray().Select(Recorded.Numbers)))
            // The first term is that of the token at place 1.
            foreach (var from in new[] { 0, 1, terms.Length / 2, terms.Length })
            {
                rows.Add((likelihood.Encode(sequence.GetString()!), from));
                expected.Add(terms.Skip(from - 1).Sum());
            }

        var found = likelihood.Causal(rows, TestContext.Current.CancellationToken);

        for (var i = 0; i < expected.Count; i++) Recorded.LikelihoodAgrees($"row {i}", expected[i], found[i]);
    }

    [Fact]
    public void Alleles_behind_what_they_have_in_common_have_the_references_likelihood()
    {
        using var scope = NewDisposeScope();
        var of = new ParityCase("dnagpt");
        using var model = of.Pretrained();
        Assert.True(SharedPrefixes.Serves(model));
        var shared = of.Golden.GetProperty("shared");
        EncodedSequence[] members =
            [.. shared.GetProperty("sequences").EnumerateArray().Select(s => new TokenLikelihood(model).Encode(s.GetString()!))];
        Assert.Equal(shared.GetProperty("common").GetInt32(), SharedPrefixes.Common(members));

        var found = new SharedPrefixes(model, 8192).Sums([members], TestContext.Current.CancellationToken).Single();

        foreach (var (i, expected) in Recorded.Numbers(shared.GetProperty("lnP")).Index())
            Recorded.LikelihoodAgrees($"allele {i}", expected, found[i]);
    }

    [Theory]
    [InlineData("enbed")]
    [InlineData("enbed-dense")]
    public void Stretches_that_a_decoder_fills_in_have_the_references_likelihood(string name)
    {
        using var scope = NewDisposeScope();
        var of = new ParityCase(name);
        using var model = of.Pretrained();
        var likelihood = new SpanLikelihood(model);
        Assert.True(likelihood.IsOffered);
        var entries = of.Golden.GetProperty("spans").EnumerateArray().ToArray();
        var spans = new List<FilledSpan>();
        foreach (var entry in entries)
        {
            var (input, target) = (Recorded.Integers(entry.GetProperty("input")), Recorded.Integers(entry.GetProperty("target")));
            var sequence = of.Golden.GetProperty("sequences")[entry.GetProperty("row").GetInt32()].GetString()!;
            var hidden = new BaseSpan(entry.GetProperty("start").GetInt32(), entry.GetProperty("end").GetInt32());
            var own = likelihood.Hide(WindowTokens.Encode(model, sequence), hidden.Overlaps);
            Assert.Equal(input, own.Input);
            // Of each three the first is the sequence's own stretch.
            if (spans.Count % 3 == 0) Assert.Equal(target, own.Target);
            spans.Add(new(own.Input, target));
        }

        var found = likelihood.Of(spans, TestContext.Current.CancellationToken);

        foreach (var (i, entry) in entries.Index())
            Recorded.LikelihoodAgrees($"stretch {i}", entry.GetProperty("lnP").GetDouble(), found[i]);
    }
}
