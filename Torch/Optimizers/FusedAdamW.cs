using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginHost.Torch;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov &amp; Hutter 2019) over all parameters at once: libtorch's fused kernel on the CPU
/// and on CUDA, single operators where it cannot be called. Scaling and clipping of the gradients happen in the same pass, which
/// may leave the gradients themselves scaled. The state can be read and restored by parameter name, bit for bit.
/// </summary>
public sealed partial class FusedAdamW : optim.Optimizer
{
    private readonly List<Group> groups = [];
    private readonly double beta1;
    private readonly double beta2;
    private readonly double eps;

    /// <param name="namedParameters">What module.named_parameters() returns.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="beta1">The decay of the gradients' running mean: 0 to 1.</param>
    /// <param name="beta2">The decay of the squared gradients' running mean: 0 to 1.</param>
    /// <param name="eps">Added to the denominator.</param>
    /// <param name="weight_decay">The share of a weight, times the learning rate, taken off each step.</param>
    public FusedAdamW(IEnumerable<(string name, Parameter parameter)> namedParameters, double lr = 1e-3,
        double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0.01)
        : this([new Group(namedParameters) { LearningRate = lr, WeightDecay = weight_decay }], beta1, beta2, eps) { }

    /// <param name="groups">Parameters with settings of their own.</param>
    /// <param name="beta1">The decay of the gradients' running mean: 0 to 1.</param>
    /// <param name="beta2">The decay of the squared gradients' running mean: 0 to 1.</param>
    /// <param name="eps">Added to the denominator.</param>
    public FusedAdamW(IEnumerable<Group> groups, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8) : base(IntPtr.Zero)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(eps);
        if (beta1 is < 0 or >= 1) throw new ArgumentOutOfRangeException(nameof(beta1), beta1, "beta1 is at least 0 and below 1");
        if (beta2 is < 0 or >= 1) throw new ArgumentOutOfRangeException(nameof(beta2), beta2, "beta2 is at least 0 and below 1");
        (this.beta1, this.beta2, this.eps) = (beta1, beta2, eps);
        foreach (var group in groups) Add(group);
    }

    /// <summary>Parameters that share a learning rate and a weight decay.</summary>
    public sealed class Group : optim.ILearningRateController
    {
        /// <param name="parameters">Names and parameters; the names key the state.</param>
        public Group(IEnumerable<(string name, Parameter parameter)> parameters) =>
            Entries = [.. parameters.Select(static pair => new Entry(pair.name, pair.parameter))];

        /// <inheritdoc/>
        public double LearningRate { get; set; } = 1e-3;

        /// <inheritdoc/>
        public double InitialLearningRate { get; set; } = 1e-3;

        /// <summary>The share of a weight, times the learning rate, taken off each step; 0 for biases and norms.</summary>
        public double WeightDecay { get; set; }

        /// <summary>The group's parameters by name.</summary>
        public IEnumerable<(string name, Parameter parameter)> Parameters =>
            Entries.Select(static entry => (entry.Name, entry.Parameter));

        internal List<Entry> Entries { get; }
    }

    /// <inheritdoc/>
    public override IEnumerable<optim.ILearningRateController> ParamGroups => groups;

    /// <summary>The groups with their settings.</summary>
    public IReadOnlyList<Group> Groups => groups;

    /// <inheritdoc/>
    public override IEnumerable<Parameter> parameters() => Entries.Select(static entry => entry.Parameter);

    private IEnumerable<Entry> Entries => groups.SelectMany(static group => group.Entries);

    /// <summary>Adds parameters, such as layers that are unfrozen later.</summary>
    public void Add(Group group)
    {
        var known = Entries.Select(static entry => entry.Name).ToHashSet();
        var twice = group.Entries.FirstOrDefault(entry => !known.Add(entry.Name));
        if (twice is not null) throw new ArgumentException($"parameter '{twice.Name}' is in the optimizer twice", nameof(group));
        group.InitialLearningRate = group.LearningRate;
        groups.Add(group);
    }

    /// <summary>Frees all gradients: the next backward pass writes them anew instead of adding to zeros.</summary>
    public override void zero_grad()
    {
        foreach (var entry in Entries) entry.Parameter.grad = null;
    }

    /// <summary>One step without clipping. The closure, if given, computes the loss and the gradients first.</summary>
    public override Tensor? step(Func<Tensor>? closure = null)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using var recording = enable_grad();
            loss = closure();
        }

        using var norm = Step(double.PositiveInfinity);
        return loss;
    }

    /// <summary>
    /// One step on gradients multiplied by gradScale and then, where their joint 2-norm exceeds maxNorm, scaled down to
    /// it. Nothing is read back from a device. Where the norm is not finite the step is skipped: weights and state stay.
    /// </summary>
    /// <param name="maxNorm">The largest norm; infinity clips nothing.</param>
    /// <param name="gradScale">A factor for every gradient, e.g. 1 / (number of positions) after summed losses.</param>
    /// <returns>The scaled gradients' norm before clipping: no axes, on the parameters' device.</returns>
    public Tensor Step(double maxNorm, double gradScale = 1)
    {
        if (double.IsNaN(maxNorm) || maxNorm <= 0)
            throw new ArgumentOutOfRangeException(nameof(maxNorm), maxNorm, "a norm limit is above 0");
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        var ready = WithGradients();
        var norm = ready.Count == 0 ? zeros([]) : Run(ready, maxNorm, gradScale);
        return norm.MoveToOuterDisposeScope();
    }

    private List<(Entry Entry, Tensor Grad, Group Group)> WithGradients() =>
        [.. from one in groups from entry in one.Entries let grad = entry.Parameter.grad where grad is not null select (entry, grad, one)];

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var entry in Entries) entry.Dispose();
        }

        base.Dispose(disposing);
    }
}
