using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Syntax;

namespace ProvingLayer.Language.Binding;

/// <summary>A <c>const</c> of a module or machine, computed when it is first needed.</summary>
internal sealed class Constant(Context context, ConstDeclarationSyntax syntax)
{
    private BoundExpression? _value;
    private bool _isRunning;

    public string Name => syntax.Name.Text;

    public ConstDeclarationSyntax Syntax => syntax;

    /// <summary>Its value, stored; a <see cref="BoundError"/>, and reported, if it has none.</summary>
    public BoundExpression Value => _value ??= Compute();

    private BoundExpression Compute()
    {
        var error = new BoundError(syntax.Span);
        if (_isRunning || !context.Compilation.Enter())
        {
            context.Reporter.Report(DiagnosticTable.ConstantCycle, syntax.Name.Span, Name, Compilation.MaxNesting);
            return error;
        }

        _isRunning = true;
        var type = context.BindType(syntax.Type);
        var value = new Bodies.BodyBinder(context).BindStored(syntax.Value, type);
        _isRunning = false;
        context.Compilation.Leave();
        if (_value is not null)
        {
            return _value; // found to be in a circle while it was computed
        }

        if (value is not BoundError && !Bodies.Folding.IsConstant(value) && !context.Generics.IsSymbolic)
        {
            context.Reporter.Report(DiagnosticTable.NotConstant, syntax.Value.Span, $"the value of '{Name}'");
            return error;
        }

        return value;
    }
}
