namespace PluginHost.Host.Cli.Commands.Models;

/// <summary>Options of <c>host predict</c>.</summary>
[Example("host predict runs/quickstart-20260101-120000 new-sequences.fa --output predictions.tsv")]
[Example("host predict runs/quickstart-20260101-120000/model genome.fa.gz --data how=tiles --data window=100")]
public sealed class PredictOptions : UseOptions;
