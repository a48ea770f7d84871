using PluginHost.Checkpoints;

namespace PluginHost.Libs.Blocks.Checkpoints;

/// <summary>Python that loads an exported BERT and computes with it what this host computes.</summary>
internal static class BertPython
{
    /// <summary>The lines, where <c>FOLDER</c> stands for the export.</summary>
    public static IReadOnlyList<string> Lines(BertClass published, ExportedParts parts) =>
    [
        $"from transformers import AutoTokenizer, {published.Name}",
        "",
        "tokenizer = AutoTokenizer.from_pretrained(\"FOLDER\")",
        $"model = {published.Name}.from_pretrained(\"FOLDER\").eval()",
        "sequence = \"ACGTACGTACGT\"",
        .. Words(parts.Tokenizer),
        "inputs = tokenizer(sequence, truncation=True, return_tensors=\"pt\")",
        .. published.Pooling is { } pooling ? Pooled(pooling, parts) : ["output = model(**inputs).logits"],
        .. parts.Card.ProblemType switch
        {
            "regression" => (string[])["values = output"],
            "multi_label_classification" => ["probabilities = output.sigmoid()"],
            "single_label_classification" => ["probabilities = output.softmax(-1)"],
            _ => [],
        },
    ];

    private static string[] Pooled(string pooling, ExportedParts parts)
    {
        var vocabulary = parts.Tokenizer.Vocabulary;
        int[] special = pooling == BertHeads.MeanOfBases
            ? [.. new[] { vocabulary.Classification, vocabulary.Separator }.OfType<int>()] : [];
        return
        [
            "from safetensors.torch import load_file",
            "weights = load_file(\"FOLDER/model.safetensors\")",
            "counted = inputs[\"attention_mask\"].bool()",
            .. special.Select(id => $"counted &= inputs[\"input_ids\"] != {id}"),
            "counted = counted.unsqueeze(-1).float()",
            "mean = (model(**inputs).last_hidden_state * counted).sum(1) / counted.sum(1).clamp(min=1)",
            $"output = mean @ weights[\"{BertHeads.MeanRoot}.weight\"].T + weights[\"{BertHeads.MeanRoot}.bias\"]",
        ];
    }

    /// <summary>
    /// How Python cuts a sequence into words, where the tokenizer takes them apart: overlapping ones or not. Empty for a tokenizer that
    /// takes
    /// sequences whole.
    /// </summary>
    private static string[] Words(ITokenizer tokenizer)
    {
        var vocabulary = tokenizer.Vocabulary;
        var longest = vocabulary.Regular.Select(id => vocabulary.Tokens[id].Length).DefaultIfEmpty(0).Max();
        if (longest == 0 || Spans(tokenizer, 4 * longest) is not [var first, var second, ..] || first.Length != longest) return [];
        var stride = second.Start - first.Start;
        foreach (var (end, ends) in (IEnumerable<(string, Func<int, int>)>)
            [($"len(sequence) - {longest - 1}", n => n - longest + 1), ("len(sequence)", n => n),
                ($"len(sequence) - {longest} + {stride}", n => n - longest + stride)])
            // A byte-pair tokenizer's pieces may look so in one sequence, but not in sequences of every length.
            if (Enumerable.Range(longest, 3 * longest + 2 * stride).All(n =>
                Spans(tokenizer, n).SequenceEqual(Cut(n, longest, stride, ends(n)))))
                return [$"sequence = \" \".join(sequence[i:i + {longest}] for i in range(0, {end}, {stride}))"];
        return [];
    }

    private static IEnumerable<BaseSpan> Cut(int length, int k, int stride, int end)
    {
        for (var start = 0; start < end; start += stride) yield return new(start, Math.Min(start + k, length));
    }

    private static BaseSpan[] Spans(ITokenizer tokenizer, int length) =>
        tokenizer.Encode(new Sample("", string.Concat(Enumerable.Range(0, length).Select(i => "ACGGTCATTGCA"[i * 7 % 12]))),
            new EncodeContext(SpecialTokens: false)).Spans;
}
