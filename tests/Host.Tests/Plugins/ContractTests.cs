namespace PluginHost.Host.Tests.Plugins;

/// <summary>A component that breaks a rule of the contract while it works is named with its plugin, before a run folder is made.</summary>
public sealed class ContractTests : IDisposable
{
    private readonly Misbehaving bad = new();

    public void Dispose() => bad.Dispose();

    [Theory]
    [InlineData("negative", "returned id -7; its vocabulary has 6 tokens, 0 to 5 (token 14 of data.csv:2).")]
    [InlineData("beyond", "returned id 99999; its vocabulary has 6 tokens, 0 to 5 (token 14 of data.csv:2).")]
    [InlineData("outside",
        "says that token 14 of data.csv:2 covers the bases 13 to 19; the sequence has 14, and spans are half-open, 0-based.")]
    [InlineData("disordered",
        "returned spans out of order: token 2 of data.csv:2 covers the bases 0 to 1, the one before it 1 to 2.")]
    [InlineData("nothing", "returned nothing (null) for data.csv:2.")]
    public void A_tokenizer(string fault, string sentence) =>
        Refused(bad.Pipeline(tokenizer: fault), $"The tokenizer 'bad-tok' of plugin Misbehaves {sentence}");

    [Fact]
    public void What_draws_from_elsewhere() => Refused(bad.Pipeline(tokenizer: "draws"),
        "The objective 'bad-task' of plugin Misbehaves made a batch whose column 'input_ids' is another when it is made "
            + "again of the same samples with the same seed");

    [Fact]
    public void A_source_of_samples() => Refused(bad.OwnData(bad.Pipeline(), "nothing"),
        "The samples BadData of plugin Misbehaves returned nothing (null) for sample 11 of 12.");

    [Fact]
    public void A_tokenizer_that_exceeds_the_limit() => Assert.Contains(
        "The tokenizer 'bad-tok' of plugin Misbehaves returned 41 tokens for long.csv:2 when at most 40 were asked for.",
        Assert.Throws<PluginException>(() => bad.Check(bad.Long(bad.Pipeline(tokenizer: "too-many")))).Message);

    [Theory]
    [InlineData("wrong-axes", "returned the stream 'hidden' as [16, 3, 8]; it declares [B T D], which is [3, 16, 8] here")]
    [InlineData("detached", "returned streams that are cut off from its weights, so that it would not be trained")]
    [InlineData("no-stream", "returned the stream 'hidden' as nothing (null).")]
    [InlineData("disposed", "returned the stream 'hidden' disposed of; move what is returned out of the dispose scope")]
    [InlineData("nothing", "returned no output (null).")]
    [InlineData("not-finite", "returned a stream 'hidden' that is not finite, of finite weights. Stage 'finetune': the loss of its first "
        + "samples is NaN.")]
    public void An_architecture(string fault, string sentence) =>
        Refused(bad.Pipeline(net: fault), $"The architecture 'bad-net' of plugin Misbehaves {sentence}");

    [Theory]
    [InlineData("transposed", "returned the prediction of role 'class' as [2, 3]; it declares [B C], which is [3, 2] here.")]
    [InlineData("wide", "returned the prediction of role 'class' as [3, 5]; it declares [B C], which is [3, 2] here.")]
    [InlineData("nothing", "returned the prediction of role 'class' as nothing (null).")]
    [InlineData("detached", "returned a prediction of role 'class' that is cut off from the weights")]
    [InlineData("cuts-off", "cuts the loss off from the architecture 'bad-net' of plugin Misbehaves: none of the 2 weights of its layers "
        + "has a gradient")]
    public void A_head(string fault, string sentence) =>
        Refused(bad.Pipeline(head: fault), $"The head 'bad-head' of plugin Misbehaves {sentence}");

    [Theory]
    [InlineData("no-batch", "returned no batch (null).")]
    [InlineData("few-samples", "made a batch that names 11 samples of the 12 it was given")]
    [InlineData("strange-id", "put 77 into column 'input_ids' of a batch; the vocabulary of the tokenizer 'bad-tok' of plugin Misbehaves "
        + "has 6 tokens.")]
    [InlineData("no-loss", "returned no loss (null).")]
    [InlineData("loss-not-finite", "returned a loss that is not finite, of finite predictions. Stage 'finetune': the loss of its first "
        + "samples is NaN.")]
    [InlineData("loss-detached", "returned a loss that is cut off from the predictions")]
    [InlineData("undeclared", "returned a loss term 'other' that its batches do not declare (SetTargets); they declare: class.")]
    [InlineData("unequal-width",
        "returned scores of unequal width, items by array: Ids 2, Labels 3, Predicted 2, Probabilities 2.")]
    [InlineData("unknown-class", "returned the class 9 in Predicted; there are 2.")]
    public void An_objective(string fault, string sentence) =>
        Refused(bad.Pipeline(task: fault), $"The objective 'bad-task' of plugin Misbehaves {sentence}");

    [Fact]
    public void Who_keeps_the_contract_runs()
    {
        Assert.Equal(0, bad.Check(bad.Pipeline()));
        Assert.Equal(0, bad.Start(bad.Pipeline()));
    }

    [Theory]
    [InlineData("throws", "InvalidOperationException: it stumbled")]
    [InlineData("cancels", "OperationCanceledException: nobody asked for it")]
    public void What_is_thrown_is_the_plugins_whatever_its_type_with_file_and_line(string fault, string cause)
    {
        var thrown = Assert.Throws<PluginException>(() => bad.Start(bad.Pipeline(net: fault)));
        Assert.Matches($@"^Plugin Misbehaves \({Misbehaving.Dll}\) failed in BadNet\.Forward \(.*BadNet\.cs:\d+\): {cause}$",
            thrown.Message);
    }

    /// <summary>Check and run say the same, and a run leaves nothing behind.</summary>
    private void Refused(string pipeline, string sentence)
    {
        foreach (var use in (Func<string, int>[])[p => bad.Check(p), bad.Start])
        {
            var refused = Assert.Throws<PluginException>(() => use(pipeline));
            Assert.StartsWith(sentence, refused.Message);
            Assert.False(Directory.Exists(bad.Run));
        }
    }
}
