using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace PluginHost.Plugins.Muon;

/// <summary>How large a step an orthogonal matrix becomes.</summary>
public enum MuonScale
{
    /// <summary>
    /// 0.2 sqrt(max(rows, columns)): as large as AdamW's steps are on the average, so its rates serve (Liu et al. 2025, 2.2).
    /// </summary>
    Adam,

    /// <summary>sqrt(max(1, rows / columns)), as first published (Jordan et al. 2024); learning rates are near 0.02.</summary>
    Original,
}

/// <summary>Options of <c>muon</c>. Weight decay and what AdamW needs for the rest are options of <c>train:</c>.</summary>
public sealed class MuonOptions
{
    [Range(0.0, 0.9999), Description("Share of the gradients' running sum that stays from step to step.")]
    public double Momentum { get; set; } = 0.95;

    [Description("Look ahead by Nesterov's momentum.")]
    public bool Nesterov { get; set; } = true;

    [Range(1, 20), Description("Newton-Schulz steps that make a step orthogonal.")]
    public int Steps { get; set; } = 5;

    [Description("Size of a step: 'adam' is 0.2 sqrt(max(rows, columns)) times the learning rate, so that AdamW's learning rates serve "
        + "(Liu et al. 2025); 'original' is sqrt(max(1, rows / columns)) times it (Jordan et al. 2024).")]
    public MuonScale Scale { get; set; } = MuonScale.Adam;

    [Range(1e-6, 1e6)]
    [Description("Factor on the learning rate for the matrices alone; with scale: original they need some 20 to 100 times the rest's.")]
    public double Rate { get; set; } = 1;
}
