using System.Globalization;

namespace PluginHost.Plugins.Generate.Decoding;

/// <summary>The decoder that options name.</summary>
internal static class ChosenDecoder
{
    /// <summary>Its name and options, as a pipeline would have them.</summary>
    public static ComponentSpec Spec(DecoderOptions options)
    {
        var with = new Dictionary<string, object?>();
        void Add(string name, object? value)
        {
            if (value is not null) with[name] = value;
        }

        Add("temperature", options.Temperature);
        Add("topK", (long?)options.TopK);
        Add("topP", options.TopP);
        Add("minP", options.MinP);
        Add("repetitionPenalty", options.RepetitionPenalty);
        Add("noRepeat", (long?)options.NoRepeat);
        Add("width", (long?)options.Width);
        Add("best", (long?)options.Best);
        Add("lengthPenalty", options.LengthPenalty);
        foreach (var written in options.DecoderOption)
        {
            var at = written.IndexOf('=');
            Add(written[..at], Value(written[(at + 1)..]));
        }
        return new(options.Decoder, with) { Origin = $"--decoder {options.Decoder}" };
    }

    /// <summary>Builds it.</summary>
    /// <exception cref="UsageException">There is none of the name, or it has no such option; or it cannot write so many.</exception>
    public static IDecoder Build(GenerateOptions options, BuildContext build)
    {
        var decoder = build.Build<IDecoder>(Spec(options));
        if (options.Count > 1 && !decoder.Draws)
            throw new UsageException($"--count {options.Count:N0}: '{options.Decoder}' as asked for draws nothing and would write the same "
                + "each time; "
                + (decoder.Searches ? "leave --count out, and ask for the N best with --best N."
                    : "leave --count out, or draw with --decoder "
                    + "sample and a --temperature above 0."));
        return decoder;
    }

    private static object Value(string text) =>
        bool.TryParse(text, out var flag) ? flag
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : text;
}
