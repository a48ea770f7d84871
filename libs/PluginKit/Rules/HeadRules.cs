using static PluginHost.PluginKit.ConformanceException;

namespace PluginHost.PluginKit.Rules;

using static TorchSharp.torch;

/// <summary>What the contract asks of heads, rule by rule.</summary>
internal static class HeadRules
{
    public static IEnumerable<Rule> Of(Subject subject)
    {
        var (tokenizer, backbone) = (subject.Bench.Tokenizer, subject.Bench.Backbone);
        backbone.eval();
        var head = Build(subject);
        // A head of tokens answers at the positions asked for where a batch has them, everywhere else.
        var asked = head.Predicts.Split(' ') switch
        {
            ["M", ..] => [Keys.Positions, .. head.ReadsColumns],
            ["Q", ..] => [Keys.NumberPositions, .. head.ReadsColumns],
            _ => head.ReadsColumns,
        };
        var reads = backbone.Reads.Concat(asked).Concat(Columns.Beside(head.Reads)).Distinct().ToList();
        Batch Batch() => Columns.Batch(tokenizer, subject.Samples(), reads, backbone.Shape.MaxTokens);
        Tensor Run(Head of, Batch batch, bool gradients = false)
        {
            using var off = gradients ? null : no_grad();
            return of.Forward(backbone.Forward(batch, Capture.None), batch);
        }

        yield return new("streams", () =>
        {
            foreach (var stream in head.Reads.Where(s => !backbone.Streams.Contains(s)))
                throw new NotTriedException(
                    $"it reads stream '{stream.Name}', which {backbone.GetName()} has not; name another architecture");
        });
        if (head.Reads.Any(s => !backbone.Streams.Contains(s))) yield break;
        yield return new("parameter names", () => ParameterNames(head, () => Build(subject)));
        yield return new("axes", () =>
        {
            var batch = Batch();
            AxesCheck.Run(Run(head, batch), head.Predicts, batch, "the prediction", backbone.Shape.HiddenSize);
        });
        yield return new("determinism", () =>
            Modules.SameBits([Run(head, Batch())], [Run(head, Batch())], "two passes over the same batch"));
        yield return new("gradients", () => Modules.GradientsReach(head, [Run(head, Batch(), gradients: true)]));
        yield return new("save and load", () =>
        {
            using var other = Build(subject);
            Modules.Copy(head, other);
            Modules.SameBits([Run(head, Batch())], [Run(other, Batch())], "the head and one that loaded its weights");
        });
        if (head.LastLinear is not { } last) yield break;
        yield return new("last linear layer", () =>
        {
            var names = head.named_parameters().Select(p => p.name).ToList();
            foreach (var name in (string[])[last.Weight, last.Bias])
                Require(names.Contains(name), $"LastLinear names '{name}', which it has not; it has: {string.Join(", ", names)}.");
        });
    }

    private static Head Build(Subject subject)
    {
        var head = subject.Build<Head>();
        head.eval();
        return head;
    }

    private static void ParameterNames(Head head, Func<Head> build)
    {
        using var second = build();
        var names = head.named_parameters().Select(p => p.name).ToList();
        Require(names.SequenceEqual(second.named_parameters().Select(p => p.name)), "two builds have different parameter names.");
        Require(names.Distinct().Count() == names.Count, "two parameters have the same name.");
        Require(head.StatePrefix.Length > 0, "StatePrefix is empty: a model file tells its weights from others' by it.");
    }
}
