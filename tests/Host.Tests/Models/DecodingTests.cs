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
            "tiny/dnabert: the architecture 'bert-encoder' cannot write token by token.",
            Assert.Throws<UsageException>(() => bert.Decode(prompts, Decoder("greedy"), new(3), none)).Message);
        var gpt = TinyModel.Make("dnagpt");
        using var whole = Prompts(gpt, TinyModel.Sequences(120));
        Assert.Contains("leaves no room", Assert.Throws<UsageException>(() => gpt.Decode(whole, Decoder("greedy"), new(3), none)).Message);
        using var nearly = Prompts(gpt, TinyModel.Sequences(3 * 35));
        Assert.InRange(gpt.Decode(nearly, Decoder("greedy"), new(50), none)[0].Tokens.Count, 3, 6);
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
