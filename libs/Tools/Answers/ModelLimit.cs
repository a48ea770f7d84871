using PluginHost.Libs.Files;

namespace PluginHost.Libs.Tools.Answers;

/// <summary>What a model cannot read as a whole.</summary>
public static class ModelLimit
{
    /// <summary>Refuses a sequence of which bases would be dropped, or that has none.</summary>
    /// <exception cref="DataException">It does not fit.</exception>
    public static void RefuseUnfit(TrainedModel model, Sample sample)
    {
        if (sample.Sequence.Length == 0) throw new DataException($"{sample.Where}: the sequence is empty.");
        if (model.Backbone.Shape.MaxTokens is { } most && model.Tokenizer.Encode(sample, new(most)).DroppedBases is > 0 and var dropped)
            throw new DataException($"{sample.Where}: {model.Name} takes {most:N0} tokens, and {Wording.Counted(dropped, "base")} of "
                + $"{sample.Sequence.Length:N0} would be dropped; cut it, or choose a shorter --region.");
    }
}
