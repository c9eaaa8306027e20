using Theory.Contract;

namespace Theory.Dynamics;

/// <summary>
/// Batches n = d^μ and T = d^θ steps: which of them let one neuron of information exponent ℓ find its direction with the best learning rate, as d → ∞ and, by the mean map
/// or by simulation, at two given dimensions. Student and teacher are both He_ℓ/√ℓ!; the start is m0 = d^{−1/2}, escape m = 1/2.
/// </summary>
public sealed partial record BatchExponentsModel : IModel<BatchExponentsModel, BatchExponentsPrediction>
{
    /// <summary>Information exponent ℓ, from 1 to 20.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in this range.</exception>
    public required int HermiteOrder
    {
        get;
        init => field = value is >= 1 and <= EscapeStepsModel.MaximumOrder ? value : throw Guard.OutOfRange(nameof(HermiteOrder), value, $"must be from 1 to {EscapeStepsModel.MaximumOrder}");
    }

    /// <summary>Exponent μ of the batch size, in [0, 20].</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in this range.</exception>
    public required double BatchExponent { get; init => field = Guard.In(value, ParameterRange.Closed(0, 20)); }

    /// <summary>Loss. Default square.</summary>
    public SgdLoss Loss { get; init; } = SgdLoss.Square;

    /// <summary>Exponent θ of the number of steps whose phase is asked for, finite; <see langword="null"/> for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    public double? TimeExponent { get; init => field = value is { } theta ? Guard.In(theta, ParameterRange.Finite) : null; }

    /// <summary>Dimension d at which the exponent is also computed by the mean map, in [100, 10¹²]; <see langword="null"/> for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in this range.</exception>
    public double? Dimension { get; init => field = value is { } d ? Guard.In(d, ParameterRange.Closed(100, 1e12)) : null; }

    /// <summary>The dimension from which the slope to <see cref="Dimension"/> is taken, in [10, 10¹²); <see langword="null"/>, the default, is a tenth of it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in this range.</exception>
    public double? FromDimension { get; init => field = value is { } d ? Guard.In(d, new ParameterRange(10, true, 1e12, false)) : null; }

    /// <summary>The two dimensions, after the checks that need both.</summary>
    internal (double From, double To)? Dimensions
    {
        get
        {
            if (Dimension is not { } to) return null;
            var from = FromDimension ?? Math.Round(to / 10);
            return from < to ? (from, to) : throw new InvalidInputException("from_dimension", FormattableString.Invariant($"from_dimension must be less than dimension = {to}; got {from}"));
        }
    }
}
