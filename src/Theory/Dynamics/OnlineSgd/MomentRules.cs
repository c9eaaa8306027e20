namespace Theory.Dynamics;

/// <summary>Chooses how the moments of a task are computed.</summary>
internal static class MomentRules
{
    public static IMomentRule For(SgdTask task)
    {
        var form = AdditiveForm.Of(task);
        if (ErfMoments.TryCreate(task, form) is { } erf) return erf;
        if (NumericPolynomial.TryFrom(task.Activation.Expression!, 1) is { } activation && TargetPolynomial(task, activation) is { } target)
        {
            if (QuadraticMoments.TryCreate(task, activation, target) is { } quadratic) return quadratic;
            if (PolynomialMoments.TryCreate(task, activation, target) is { } polynomial) return polynomial;
        }

        if (HalfLineMoments.TryCreate(task, form) is { } halves) return halves;
        if (AdditiveMoments.TryCreate(task, form) is { } additive) return additive;
        return CubatureMoments.Create(task);
    }

    private static NumericPolynomial? TargetPolynomial(SgdTask task, NumericPolynomial activation)
    {
        if (task.Target is { } target) return NumericPolynomial.TryFrom(target, task.Teachers);
        return activation.Committee(task.Teachers);
    }
}
