using PluginHost.Host.Models;
using PluginHost.Host.Tests.Docs;

namespace PluginHost.Host.Tests.Models;

using static TorchSharp.torch;

/// <summary>Writing token by token with what attention keeps, against whole forward passes without it.</summary>
public sealed class DecodingTests
{
    private static readonly CancellationToken none = CancellationToken.None;

    private static IDecoder Decoder(string name, params (string Name, object Value)[] options) =>
        RealHost.Components.Build<IDecoder>(new(name, options.ToDictionary(o => o.Name, o => (object?)o.Value)), null!);

    private static Batch Prompts(LoadedModel model, params IReadOnlyList<Sample> samples) =>
        Collation.Pad(samples, [.. samples.Select(s => model.Tokenizer.Encode(s, new()))], model.Tokenizer.Vocabulary.Pad ?? 0);

    /// <summary>The likeliest tokens after a prompt, each from a forward pass over all before it.</summary>
    private static (List<int> Tokens, double LogProbability) ByWholePasses(LoadedModel model, Sample prompt, int count)
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        model.Model.Train(false);
        var incremental = (IIncremental)model.Backbone;
        var input = model.Tokenizer.Encode(prompt, new()).Ids.Select(id => (long)id).ToList();
        var written = new List<int>();
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            var batch = new Batch([prompt], []);
            List<long> ids = incremental.Grows == Keys.InputIds ? [.. input, .. written] : input;
            batch.Set(Keys.InputIds, tensor(ids.ToArray(), [1, ids.Count])).Set(Keys.AttentionMask, ones([1, ids.Count], ScalarType.Bool));
            long[] target = [model.Tokenizer.Vocabulary.Pad ?? 0, .. written];
            if (incremental.Grows == Keys.DecoderIds) batch.Set(Keys.DecoderIds, tensor(target, [1, target.Length]));
            var scores = model.Heads.Values.First(h => h.Predicts.EndsWith('V'))
                .Forward(model.Backbone.Forward(batch, Capture.None), batch)[0, -1].log_softmax(0);
            var best = (int)scores.argmax().item<long>();
            written.Add(best);
            sum += scores[best].item<float>();
        }
        return (written, sum);
    }

    [Theory]
    [InlineData("dnagpt")]
    [InlineData("enbed")]
    public void Greedy_writing_with_the_cache_is_that_of_whole_passes_for_prompts_of_unequal_length(string family)
    {
        var model = TinyModel.Make(family);
        var samples = TinyModel.Sequences(24, 9, 3, 17);
        using var prompts = Prompts(model, samples);
        var written = model.Decode(prompts, Decoder("greedy"), new(12), none);
        Assert.Equal([0, 1, 2, 3], written.Select(w => w.Row));
        foreach (var (sample, one) in samples.Zip(written))
        {
            var (tokens, logProbability) = ByWholePasses(model, sample, 12);
            Assert.Equal(tokens, one.Tokens);
            Assert.Equal(logProbability, one.LogProbability, 1e-3);
            Assert.False(one.Stopped);
        }
    }

    [Theory]
    [InlineData("dnagpt")]
    [InlineData("enbed")]
    public void What_is_drawn_for_a_prompt_does_not_depend_on_its_batch(string family)
    {
        var model = TinyModel.Make(family);
        var samples = TinyModel.Sequences(24, 9, 3, 17, 11);
        var decoder = Decoder("sample", ("temperature", 1.5), ("topK", 40L), ("topP", 0.95));
        using var all = Prompts(model, samples);
        var together = model.Decode(all, decoder, new(10) { Seed = 7 }, none);
        for (var row = 0; row < samples.Length; row++)
        {
            using var alone = Prompts(model, samples[row]);
            Assert.Equal(together[row].Tokens, model.Decode(alone, decoder, new(10) { Seed = 7, FirstRow = row }, none)[0].Tokens);
        }
        Assert.NotEqual(together.Select(t => t.Tokens), model.Decode(all, decoder, new(10) { Seed = 8 }, none).Select(t => t.Tokens));
    }

    [Theory]
    [InlineData("dnagpt")]
    [InlineData("enbed")]
    public void A_stop_token_ends_its_row_alone_and_a_forbidden_one_is_never_written(string family)
    {
        var model = TinyModel.Make(family);
        var samples = TinyModel.Sequences(24, 9, 3, 17);
        using var prompts = Prompts(model, samples);
        var free = model.Decode(prompts, Decoder("sample"), new(8) { Seed = 3 }, none);
        var stop = free[1].Tokens[2];
        var stopping = model.Decode(prompts, Decoder("sample"), new(8) { Seed = 3, Stop = [stop] }, none);
        foreach (var (before, after) in free.Zip(stopping))
        {
            var end = before.Tokens.ToList().IndexOf(stop) + 1;
            Assert.Equal(end > 0 ? before.Tokens.Take(end) : before.Tokens, after.Tokens);
            Assert.Equal(end > 0, after.Stopped);
        }
        Assert.True(stopping[1].Stopped);
        var forbidden = free.SelectMany(f => f.Tokens).Distinct().ToList();
        Assert.DoesNotContain(model.Decode(prompts, Decoder("greedy"), new(8) { Forbidden = forbidden }, none).SelectMany(d => d.Tokens),
            forbidden.Contains);
    }

    [Fact]
    public void A_model_that_cannot_write_says_so_in_one_sentence_and_so_does_one_without_room()
    {
        var bert = TinyModel.Make("dnabert");
        using var prompts = Prompts(bert, TinyModel.Sequences(20));
        Assert.Equal(
            "tiny/dnabert: 'bert-encoder' fills in masks, which beams cannot search; use a decoder that chooses token by token, such as "
            + "sample or greedy, or a model that writes from left to right.",
            Assert.Throws<UsageException>(() => bert.Decode(prompts, Decoder("beam"), new(3), none)).Message);
        var gpt = TinyModel.Make("dnagpt");
        using var whole = Prompts(gpt, TinyModel.Sequences(120));
        Assert.Contains("leaves no room", Assert.Throws<UsageException>(() => gpt.Decode(whole, Decoder("greedy"), new(3), none)).Message);
        using var nearly = Prompts(gpt, TinyModel.Sequences(3 * 35));
        Assert.InRange(gpt.Decode(nearly, Decoder("greedy"), new(50), none)[0].Tokens.Count, 3, 6);
    }

    /// <summary>The model's own log-probability of tokens after a prompt, from one pass over them all.</summary>
    private static double LogProbability(LoadedModel model, Sample prompt, IReadOnlyList<int> tokens)
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var grows = ((IIncremental)model.Backbone).Grows;
        var input = model.Tokenizer.Encode(prompt, new()).Ids.Select(id => (long)id).ToList();
        var batch = new Batch([prompt], []);
        List<long> ids = grows == Keys.InputIds ? [.. input, .. tokens] : input;
        batch.Set(Keys.InputIds, tensor(ids.ToArray(), [1, ids.Count])).Set(Keys.AttentionMask, ones([1, ids.Count], ScalarType.Bool));
        long[] target = [model.Tokenizer.Vocabulary.Pad ?? 0, .. tokens];
        if (grows == Keys.DecoderIds) batch.Set(Keys.DecoderIds, tensor(target, [1, target.Length]));
        var scores_TV = model.Heads.Values.First(h => h.Predicts.EndsWith('V'))
            .Forward(model.Backbone.Forward(batch, Capture.None), batch)[0].log_softmax(1);
        var first = grows == Keys.InputIds ? input.Count - 1 : 0;
        return tokens.Select((token, i) => (double)scores_TV[first + i, token].item<float>()).Sum();
    }

    [Theory]
    [InlineData("dnagpt", 0.0)]
    [InlineData("enbed", 0.0)]
    [InlineData("enbed", 1.0)]
    [InlineData("dnagpt", -0.5)]
    public void Beams_as_wide_as_all_sequences_find_the_best_of_them_all_with_their_exact_probabilities(string family, double lengthPenalty)
    {
        const int most = 4;
        var model = TinyModel.Make(family);
        var samples = TinyModel.Sequences(24, 9);
        using var prompts = Prompts(model, samples);
        var regular = model.Tokenizer.Vocabulary.Regular.ToList();
        int[] alphabet = [regular[3], regular[5], regular[^2]];
        var limits = new DecodeLimits(most)
        {
            Stop = [alphabet[2]], Forbidden = [.. Enumerable.Range(0, model.Tokenizer.Vocabulary.Count).Except(alphabet)],
        };
        var written = model.Decode(prompts, Decoder("beam", ("width", 81L), ("best", 5L), ("lengthPenalty", lengthPenalty)), limits, none);
        for (var row = 0; row < samples.Length; row++)
        {
            var all = Sequences([], alphabet, most)
                .Select(tokens => (Tokens: tokens, LogProbability: LogProbability(model, samples[row], tokens)))
                .OrderByDescending(s => s.LogProbability / Math.Pow(s.Tokens.Count, lengthPenalty)).Take(5).ToList();
            var found = written.Where(w => w.Row == row).ToList();
            Assert.Equal(all.Select(a => a.Tokens), found.Select(f => f.Tokens));
            foreach (var (expected, one) in all.Zip(found)) Assert.Equal(expected.LogProbability, one.LogProbability, 1e-3);
        }

        static IEnumerable<IReadOnlyList<int>> Sequences(IReadOnlyList<int> tokens, int[] alphabet, int most)
        {
            if (tokens.Count == most || (tokens.Count > 0 && tokens[^1] == alphabet[2])) return [tokens];
            return alphabet.SelectMany(token => Sequences([.. tokens, token], alphabet, most));
        }
    }

    [Theory]
    [InlineData("dnagpt")]
    [InlineData("enbed")]
    public void A_beam_of_one_is_greedy_and_what_beams_find_does_not_depend_on_the_batch(string family)
    {
        var model = TinyModel.Make(family);
        var samples = TinyModel.Sequences(24, 9, 3, 17);
        using var prompts = Prompts(model, samples);
        Assert.Equal(model.Decode(prompts, Decoder("greedy"), new(12), none).Select(w => w.Tokens),
            model.Decode(prompts, Decoder("beam", ("width", 1L)), new(12), none).Select(w => w.Tokens));
        var beams = Decoder("beam", ("width", 4L), ("best", 4L));
        var together = model.Decode(prompts, beams, new(12), none);
        Assert.Equal(16, together.Count);
        for (var row = 0; row < samples.Length; row++)
        {
            using var alone = Prompts(model, samples[row]);
            Assert.Equal(together.Where(w => w.Row == row).Select(w => w.Tokens),
                model.Decode(alone, beams, new(12), none).Select(w => w.Tokens));
        }
    }

    [Theory]
    [InlineData("dnagpt", "greedy")]
    [InlineData("enbed", "sample")]
    [InlineData("enbed", "beam")]
    public void Forbidding_all_is_refused(string family, string decoder)
    {
        var model = TinyModel.Make(family);
        using var prompts = Prompts(model, TinyModel.Sequences(9));
        var limits = new DecodeLimits(3) { Forbidden = [.. Enumerable.Range(0, model.Tokenizer.Vocabulary.Count)] };
        Assert.Contains("forbidden", Assert.Throws<UsageException>(() => model.Decode(prompts, Decoder(decoder), limits, none)).Message);
    }

    [Fact]
    public void Every_prompt_has_the_room_that_it_leaves_itself()
    {
        var gpt = TinyModel.Make("dnagpt");
        using var prompts = Prompts(gpt, TinyModel.Sequences(3 * 35, 9));
        var written = gpt.Decode(prompts, Decoder("greedy"), new(20), none);
        Assert.InRange(written[0].Tokens.Count, 3, 6);
        Assert.Equal(20, written[1].Tokens.Count);
    }

    [Theory]
    [InlineData("dnabert")]
    [InlineData("genomics-fm")]
    [InlineData("dnazen")]
    public void A_masked_model_fills_in_its_masks_and_tokens_that_share_bases_agree(string family)
    {
        var model = TinyModel.Make(family);
        var samples = TinyModel.Sequences(30, 30, 21);
        var mask = model.Tokenizer.Vocabulary.Mask!.Value;
        var encodings = samples.Select(s => model.Tokenizer.Encode(s, new())).ToList();
        var shown = encodings.Select(e =>
            e.WithIds([.. e.Ids.Select((id, t) => e.Spans[t].Start >= 9 && e.Spans[t].Length > 0 ? mask : id)]));
        using var prompts = Collation.Pad(samples, encodings, model.Tokenizer.Vocabulary.Pad ?? 0, shown: [.. shown]);
        foreach (var passes in new int?[] { null, 3 })
        {
            var written = model.Decode(prompts, Decoder("sample"), new(30) { Seed = 4, Passes = passes }, none);
            Assert.Equal([0, 1, 2], written.Select(w => w.Row));
            Assert.NotEqual(written[0].Tokens, written[1].Tokens);
            foreach (var one in written)
            {
                var (encoding, tokens) = (encodings[one.Row], new Queue<int>(one.Tokens));
                int[] ids = [.. encoding.Ids.Select((id, t) => encoding.Spans[t].Start >= 9 && encoding.Spans[t].Length > 0
                    ? tokens.Dequeue() : id)];
                Assert.Empty(tokens);
                Assert.True(one.LogProbability < 0);
                Assert.DoesNotContain(mask, one.Tokens);
                Assert.Equal(DecodeEnd.Complete, one.End);
                if (family != "dnabert") continue;
                var whole = model.Tokenizer.Decode(ids);
                Assert.Equal(samples[one.Row].Sequence[..9], whole[..9]);
                Assert.Equal(ids, model.Tokenizer.Encode(new Sample("x", whole), new()).Ids);
            }
            Assert.Equal(written.Select(w => w.Tokens),
                model.Decode(prompts, Decoder("sample"), new(30) { Seed = 4, Passes = passes }, none).Select(w => w.Tokens));
        }
    }

    [Theory]
    [InlineData("dnagpt")]
    [InlineData("enbed")]
    public void Writing_leaves_no_tensor_behind(string family)
    {
        var model = TinyModel.Make(family);
        using var prompts = Prompts(model, TinyModel.Sequences(24, 9, 3));
        model.Decode(prompts, Decoder("sample"), new(6) { Stop = [1, 2, 3, 4, 5] }, none);
        using var scope = NewDisposeScope();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;
        model.Decode(prompts, Decoder("sample"), new(20) { Stop = [1, 2, 3, 4, 5] }, none);
        Assert.Equal(before, Tensor.TotalCount);
    }
}
