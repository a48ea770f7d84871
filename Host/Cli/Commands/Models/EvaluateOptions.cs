using System.ComponentModel;
using PluginHost.Host.Cli.Commands.Options;

namespace PluginHost.Host.Cli.Commands.Models;

/// <summary>Options of <c>host evaluate</c>.</summary>
[Example("host evaluate runs/quickstart-20260101-120000 test.csv")]
[Example("host evaluate runs/quickstart-20260101-120000 test.csv --metrics mcc,f1 --output scores.tsv")]
public sealed class EvaluateOptions : UseOptions
{
    /// <summary>Metrics.</summary>
    [Several(Commas = true), Description("Metrics to compute; the objective's own if left out."), ValueName("NAME")]
    public IReadOnlyList<string> Metrics { get; set; } = [];
}
