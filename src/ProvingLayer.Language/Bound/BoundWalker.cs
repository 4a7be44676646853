namespace ProvingLayer.Language.Bound;

/// <summary>Goes through bodies in the order of evaluation; what looks for something overrides what it looks at.</summary>
internal abstract class BoundWalker
{
    public virtual void Visit(BoundExpression expression)
    {
        if (expression is BoundBlock block)
        {
            foreach (var statement in block.Statements)
            {
                Visit(statement);
            }
        }

        foreach (var child in expression.Children())
        {
            Visit(child);
        }
    }

    public virtual void Visit(BoundStatement statement)
    {
        switch (statement)
        {
            case BoundLet let:
                Visit(let.Value);
                break;
            case BoundAssign assign:
                foreach (var step in assign.Path.Where(s => s.Index is not null))
                {
                    Visit(step.Index!);
                }

                Visit(assign.Value);
                break;
            case BoundRequire require:
                Visit(require.Condition);
                break;
            case BoundMove move:
                Visit(move.Amount);
                VisitAll([move.Source.Party ?? move.Source.Key, move.Sink.Party ?? move.Sink.Key]);
                break;
            case BoundMapWrite write:
                VisitAll([write.Key, write.Value]);
                break;
            case BoundBecome become:
                VisitAll(become.Values);
                break;
            case BoundEmit emit:
                VisitAll(emit.Values);
                break;
            case BoundFor loop:
                Visit(loop.Body);
                break;
            case BoundEffect effect:
                Visit(effect.Expression);
                break;
            case BoundAt at:
                Visit(at.Time);
                break;
            case BoundCall call:
                VisitAll(call.Values);
                break;
            case BoundReject reject:
                Visit(reject.Body);
                break;
        }
    }

    protected void VisitAll(IEnumerable<BoundExpression?> expressions)
    {
        foreach (var expression in expressions.Where(e => e is not null))
        {
            Visit(expression!);
        }
    }
}
