using PluginHost.Libs.Files;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Input;
using PluginHost.Plugins.Generate.Prompts;

namespace PluginHost.Plugins.Generate.Answers;

using static TorchSharp.torch;

/// <summary>
/// Answers by generation: the model goes on from a prompt that ends with M or B, and what it says after the last token is the answer, a
/// number or a token. A model that was fine-tuned with such a template gives its objective's outputs, in their units.
/// </summary>
/// <remarks>Axes: B prompts, C outputs.</remarks>
internal sealed class Answering
{
    private readonly TrainedModel model;
    private readonly Query question;
    private readonly ModelOutputs? outputs;
    private readonly Head? head;
    private readonly long[] classes = [];

    /// <param name="model">Causal.</param>
    /// <param name="question">What is asked.</param>
    /// <exception cref="UsageException">The model has no head that answers.</exception>
    public Answering(TrainedModel model, Query question)
    {
        (this.model, this.question) = (model, question);
        if (model.Backbone is not IIncremental { Generates: var stream } || stream != StreamKey.Hidden)
            throw new UsageException($"{model.Name} does not write on from a prompt, so it answers none; use 'host predict'.");
        if (question.Appended.Count == 0 && OwnOutputs() is { } own)
        {
            (outputs, Names) = (own, own.Names);
            return;
        }
        head = model.Heads.Values.FirstOrDefault(h => question.IsNumber ? h.Predicts == "Q" : h.Predicts.EndsWith('V'))
            ?? throw new UsageException($"{model.Name} has no head that answers with a {(question.IsNumber ? "number" : "token")}; it has "
                + $"{string.Join(", ", model.Heads.Values.Select(h => h.GetName()))}.");
        if (!question.IsNumber)
            classes = [.. new[] { "N", "A" }.Select(text => (long)(model.Tokenizer.Vocabulary.Find(text)
                ?? throw new UsageException($"{model.Name}: its vocabulary has no classification tokens A and N.")))];
        Names = question.IsNumber ? ["number"] : ["N", "A"];
    }

    /// <summary>Names of the outputs, axis C.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether the answer is the likeliest of the names.</summary>
    public bool IsClass => outputs is null ? !question.IsNumber : outputs.Kind == OutputKind.Classes;

    /// <summary>Answers, in the order of the prompts.</summary>
    /// <param name="prompts">With what the template asks for.</param>
    /// <param name="batch">How many at once.</param>
    /// <param name="progress">Is told how many are done.</param>
    /// <param name="cancellation">Between batches.</param>
    public IReadOnlyList<float[]> Read(IReadOnlyList<Sample> prompts, int batch, Action<long> progress, CancellationToken cancellation)
    {
        var answers = new float[prompts.Count][];
        var done = 0L;
        if (outputs is not null)
            foreach (var made in model.Batches(new ListedSource([.. prompts]), new()))
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var answer in Own(made)) answers[answer.Place] = answer.Values;
                progress(done += made.Places.Count);
            }
        else
            foreach (var rows in prompts.Index().Chunk(batch))
            {
                cancellation.ThrowIfCancellationRequested();
                var read = Ask([.. rows.Select(r => r.Item)]);
                for (var row = 0; row < rows.Length; row++) answers[rows[row].Index] = read[row];
                progress(done += rows.Length);
            }
        return answers;
    }

    private ModelOutputs? OwnOutputs()
    {
        var own = new ModelOutputs(model);
        try { own.Check(); }
        catch (UsageException) { return null; }
        return own.Kind is OutputKind.Classes or OutputKind.Values or OutputKind.Labels ? own : null;
    }

    private IReadOnlyList<Answer> Own(ModelBatch made)
    {
        using var scope = NewDisposeScope();
        using var state = ((IIncremental)model.Backbone).Start(made.Batch);
        return outputs!.Read(made, model.Continue(made.Batch, state));
    }

    private float[][] Ask(IReadOnlyList<Sample> prompts)
    {
        var encodings = prompts.Select(Encode).ToList();
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var batch = Collation.Pad(prompts, encodings, model.Tokenizer.Vocabulary.Pad ?? 0);
        var columns = batch.Axis("T");
        batch.Set(question.IsNumber ? Keys.NumberPositions : Keys.Positions,
            tensor(encodings.Select((e, b) => b * columns + e.Ids.Length - 1).ToArray()));
        var placed = model.Place(batch);
        using var state = ((IIncremental)model.Backbone).Start(placed);
        var said = head!.Forward(model.Continue(placed, state), placed).to_type(ScalarType.Float32).cpu();
        if (question.IsNumber) return [.. said.data<float>().ToArray().Select(n => new[] { n })];
        var among_BC = said.index_select(1, tensor(classes)).softmax(1).contiguous().data<float>().ToArray();
        return [.. among_BC.Chunk(classes.Length)];
    }

    private EncodedSequence Encode(Sample prompt)
    {
        var encoding = model.Tokenizer.Encode(prompt, new());
        var count = Array.FindLastIndex(encoding.Spans, s => s.Length > 0) + 1;
        if (question.Appended.Count == 0 || count == 0) count = encoding.Ids.Length;
        var asked = Frame.Extended(Frame.First(encoding, count), question.Appended);
        return ((IIncremental)model.Backbone).MaxGrown is { } most && asked.Ids.Length > most
            ? throw new UsageException($"{prompt.Where}: a prompt of {Wording.Counted(asked.Ids.Length, "token")} is more than the "
                + $"{most:N0} that {model.Name} takes; shorten it.") : asked;
    }
}
