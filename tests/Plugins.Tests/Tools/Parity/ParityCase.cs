using System.Text.Json;
using PluginHost.Host.Batches;
using PluginHost.Host.Models;
using PluginHost.PluginKit;

namespace PluginHost.Plugins.Tests.Tools.Parity;

using static TorchSharp.torch;

/// <summary>
/// A small model whose weights follow the formula that Golden/tools/tools_reference.py computes too, as the host hands it to a tool, and
/// what the script recorded of it.
/// </summary>
internal sealed class ParityCase
{
    private readonly string file;
    private readonly bool unpadded;
    private readonly string positions;

    /// <param name="name">
    /// Of a file in Golden/tools; with "/padded" behind it, for the path that computes padding where another leaves it out; with "/table",
    /// for ALiBi beside a table of positions that is not used, as Genomics-FM's release has it.
    /// </param>
    public ParityCase(string name)
    {
        file = name.Split('/')[0];
        unpadded = !name.EndsWith("/padded", StringComparison.Ordinal);
        positions = file == "genomics-fm" ? "learned" : name.EndsWith("/table", StringComparison.Ordinal) ? "alibi-with-table" : "alibi";
        Golden = BertEncoder.Parity.Golden($"tools/{file}");
    }

    /// <summary>All cases: one of each family, and its other ways of computing.</summary>
    public static TheoryData<string> All =>
    [
        .. Masked, "dnagpt", "enbed", "enbed-dense",
    ];

    /// <summary>Those with a head of masked tokens.</summary>
    public static TheoryData<string> Masked =>
    [
        "dnabert", "dnabert-2", "dnabert-2/padded", "dnabert-2/table", "genomics-fm", "genomics-fm/padded", "dnazen", "dnazen/padded",
        "dnazen-gated",
    ];

    /// <summary>What was recorded.</summary>
    public JsonElement Golden { get; }

    /// <summary>Whether a decoder stands beside an encoder.</summary>
    public bool HasDecoder => file.StartsWith("enbed", StringComparison.Ordinal);

    /// <summary>The model with the head that its pretraining gives it.</summary>
    public LoadedModel Pretrained() => Load(file switch
    {
        "dnabert" => BertEncoder.ParityTests.Model(Golden, "masked-lm"),
        "dnabert-2" or "genomics-fm" => BertEncoder.AlibiParityTests.Model(Golden, "masked-lm", positions, unpadded),
        "dnagpt" => NumericGpt.ParityTests.Model(Golden, "causal-lm", "O {sequence}"),
        "enbed" or "enbed-dense" => ByteSeq2Seq.ParityTests.Model(Golden),
        _ => GGramEncoder.GGramParityTests.Model(Golden, "masked-lm", unpadded, ranges: true),
    });

    /// <summary>The same with a head of classes.</summary>
    public LoadedModel Classifier() => Load(file switch
    {
        "dnabert" => BertEncoder.ParityTests.Model(Golden, "classify"),
        "dnabert-2" or "genomics-fm" => BertEncoder.AlibiParityTests.Model(Golden, "classify", positions, unpadded),
        "dnagpt" => NumericGpt.ParityTests.Model(Golden, "classify", "O {sequence}",
            new { classes = Golden.GetProperty("config").GetProperty("classes").GetInt32() }),
        "enbed" or "enbed-dense" => ByteSeq2Seq.ParityTests.Model(Golden, "classify"),
        _ => GGramEncoder.GGramParityTests.Model(Golden, "classify", unpadded, ranges: true),
    });

    /// <summary>The recorded sequences as one batch, padded; their tokens are the script's.</summary>
    public Batch Batch(TrainedModel model)
    {
        Sample[] samples = [.. Golden.GetProperty("sequences").EnumerateArray().Select((s, i) => new Sample($"{i}", s.GetString()!))];
        EncodedSequence[] encodings = [.. samples.Select(s => model.Tokenizer.Encode(s, new EncodeContext()))];
        Assert.Equal(Golden.GetProperty("ids").EnumerateArray().Select(Recorded.Integers), encodings.Select(e => e.Ids));
        return model.Place(Collation.Pad(samples, encodings, model.Tokenizer.Vocabulary.Pad!.Value));
    }

    private static LoadedModel Load(ModelUnderTest model) => new()
    {
        Title = "parity", Context = null!, Seed = 1, Owns = true, Compute = new Compute(CPU, UsesBf16: false),
        Model = new TaskModel(model.Backbone, model.Heads, new Dictionary<string, ComponentSpec>()),
        Recipe = new()
        {
            Tokenizer = model.Tokenizer, Objective = model.Objective, MaxTokens = model.Backbone.Shape.MaxTokens ?? int.MaxValue,
        },
    };
}
