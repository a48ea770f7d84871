using PluginHost.Host.Models;
using PluginHost.Host.Stages;
using PluginHost.Host.Tests.Docs;

namespace PluginHost.Host.Tests.Stages;

/// <summary>Which heads a pipeline gets that names none, through plans of real components.</summary>
[Collection("libtorch")]
public sealed class HeadChoiceTests : IDisposable
{
    private const string Gpt = "{ use: numeric-gpt, layers: 1, width: 16, attentionHeads: 2, maxPositions: 60 }";
    private const string Regress = "{ use: regress, targets: x }";
    private readonly string here = Directory.CreateTempSubdirectory("pluginhost-choice-").FullName;

    public HeadChoiceTests() => File.WriteAllLines(Path.Combine(here, "train.csv"), Enumerable.Range(0, 24)
        .Select(i => $"ACGTACGTTAGC,{"abcdefg"[i % 2]},{"abcdefg"[i % 7]},0.{i},{i % 2},{1 - (i % 2)}")
            .Prepend("sequence,two,many,x,l1,l2"));

    public void Dispose() => Directory.Delete(here, recursive: true);

    private StageParts Plan(string template, string objective, string architecture = Gpt, string heads = "", string label = "two")
    {
        var file = Path.Combine(here, "p.yaml");
        File.WriteAllText(file, $$"""
            name: choice
            tokenizer: { use: token-language, k: 3, template: "{{template}}" }
            architecture: {{architecture}}
            {{heads}}
            stages:
              - finetune: { data: { use: table, train: train.csv, label: {{label}} }, objective: {{objective}}, heldOut: none }
            """);
        var pipeline = RealHost.Pipelines.Read(file);
        return new StagePlanner(pipeline, RealHost.Components, new PipelineBuildContext(RealHost.Components, pipeline)).Plan()[0];
    }

    [Theory]
    [InlineData("O {sequence} = B", "classify", "class", "answer-token-head")]
    [InlineData("O {sequence} B", "classify", "class", "answer-token-head")]
    [InlineData("O {sequence}", "classify", "class", "classification-head")]
    [InlineData("O {sequence} = M", "classify", "class", "classification-head")]
    [InlineData("O {sequence} = B B", "classify", "class", "classification-head")]
    [InlineData("O {sequence} = M", Regress, "value", "answer-number-head")]
    [InlineData("O {sequence} = B", Regress, "value", "regression-head")]
    [InlineData("O {sequence} = M", "{ use: regress, targets: x, pooling: mean }", "value", "regression-head")]
    [InlineData("O {sequence} = B B", "{ use: multi-label, fields: [ l1, l2 ] }", "labels", "answer-labels-head")]
    [InlineData("O {sequence}", "{ use: multi-label, fields: [ l1, l2 ] }", "labels", "multi-label-head")]
    public void The_templates_end_decides(string template, string objective, string role, string head)
    {
        var parts = Plan(template, objective);
        Assert.Equal(head, parts.HeadSpecs[role].Use);
        Assert.Equal(head, parts.Model.Heads[role].GetName());
        // Said, so that it is printed and recorded with what else was decided.
        Assert.Equal(head.StartsWith("answer", StringComparison.Ordinal),
            parts.Decided.Any(n => n.Contains(head, StringComparison.Ordinal)));
    }

    [Fact]
    public void Outputs_and_tokens_are_those_of_the_task()
    {
        Assert.Equal(["N", "A"], Assert.IsAssignableFrom<IEnumerable<object?>>(Plan("{sequence} = B", "classify").HeadSpecs["class"]
            .With["tokens"]));
        Assert.Equal(2L, Plan("{sequence} = M", "{ use: regress, targets: [ x, l1 ] }").HeadSpecs["value"].With["outputs"]);
    }

    [Fact]
    public void A_head_that_is_named_stays()
    {
        var parts = Plan("O {sequence} = B", "classify", heads: "heads: { class: { use: classification-head, classes: 2 } }");
        Assert.Equal("classification-head", parts.HeadSpecs["class"].Use);
        Assert.DoesNotContain(parts.Decided, n => n.Contains("prompt", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_architecture_reads_no_prompt() =>
        Assert.Equal("classification-head", Plan("O {sequence} = B", "classify",
            "{ use: bert-encoder, layers: 1, width: 16, attentionHeads: 2, maxPositions: 60 }").HeadSpecs["class"].Use);

    [Fact]
    public void What_cannot_be_answered_as_asked_names_the_remedy()
    {
        var many = Assert.Throws<UsageException>(() => Plan("{sequence} = B", "classify", label: "many"));
        Assert.Contains("7 classes, but 5 tokens may answer: N, A, C, G, T", many.Message, StringComparison.Ordinal);
        Assert.Contains("heads: { class: { use: classification-head, classes: 7 } }", many.Message, StringComparison.Ordinal);
        var labels = Assert.Throws<UsageException>(() => Plan("{sequence} = B B B", "{ use: multi-label, fields: [ l1, l2 ] }"));
        Assert.Contains("3 labels, and there are 2", labels.Message, StringComparison.Ordinal);
    }
}
